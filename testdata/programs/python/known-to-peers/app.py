"""What the lexical linters (flake8-async's ASYNC21x to ASYNC25x, ruff's documentation) know to block, and what they list too
although it asks nobody."""

import io
import os
import subprocess
import time
import urllib.request
from pathlib import Path

import httpx
import httpx2
import requests
import urllib3


async def requested(url):
    requests.get(url)  # hazard[BL102]: requested > requests.get
    requests.options(url)  # hazard[BL102]: requested > requests.options
    requests.head(url)  # hazard[BL102]: requested > requests.head
    requests.post(url)  # hazard[BL102]: requested > requests.post
    requests.put(url)  # hazard[BL102]: requested > requests.put
    requests.patch(url)  # hazard[BL102]: requested > requests.patch
    requests.delete(url)  # hazard[BL102]: requested > requests.delete


async def fetched(url):
    httpx.get(url)  # hazard[BL102]: fetched > httpx.get
    httpx.options(url)  # hazard[BL102]: fetched > httpx.options
    httpx.head(url)  # hazard[BL102]: fetched > httpx.head
    httpx.post(url)  # hazard[BL102]: fetched > httpx.post
    httpx.put(url)  # hazard[BL102]: fetched > httpx.put
    httpx.patch(url)  # hazard[BL102]: fetched > httpx.patch
    httpx.delete(url)  # hazard[BL102]: fetched > httpx.delete
    httpx2.request("GET", url)  # hazard[BL102]: fetched > httpx.request
    urllib3.request("GET", url)  # hazard[BL102]: fetched > urllib3.request
    urllib.request.urlopen(url)  # hazard[BL102]: fetched > urllib.request.urlopen


async def through_a_client(client: httpx.Client | None, url, request):
    client.get(url)  # hazard[BL102]: through_a_client > httpx.Client.get
    client.options(url)  # hazard[BL102]: through_a_client > httpx.Client.options
    client.head(url)  # hazard[BL102]: through_a_client > httpx.Client.head
    client.post(url)  # hazard[BL102]: through_a_client > httpx.Client.post
    client.put(url)  # hazard[BL102]: through_a_client > httpx.Client.put
    client.patch(url)  # hazard[BL102]: through_a_client > httpx.Client.patch
    client.delete(url)  # hazard[BL102]: through_a_client > httpx.Client.delete
    client.request("GET", url)  # hazard[BL102]: through_a_client > httpx.Client.request
    client.send(request)  # hazard[BL102]: through_a_client > httpx.Client.send
    client.stream("GET", url)  # hazard[BL102]: through_a_client > httpx.Client.stream


async def through_a_pool(pool: urllib3.HTTPSConnectionPool, manager: urllib3.ProxyManager):
    pool.request("GET", "/")  # hazard[BL102]: through_a_pool > urllib3.HTTPConnectionPool.request
    manager.request("GET", "/")  # hazard[BL102]: through_a_pool > urllib3.PoolManager.request


async def processes(command, pid):
    subprocess.Popen(command)  # hazard[BL105]: processes > subprocess.Popen
    subprocess.run(command)  # hazard[BL105]: processes > subprocess.run
    subprocess.call(command)  # hazard[BL105]: processes > subprocess.call
    subprocess.check_call(command)  # hazard[BL105]: processes > subprocess.check_call
    subprocess.check_output(command)  # hazard[BL105]: processes > subprocess.check_output
    subprocess.getoutput(command)  # hazard[BL105]: processes > subprocess.getoutput
    subprocess.getstatusoutput(command)  # hazard[BL105]: processes > subprocess.getstatusoutput
    os.system(command)  # hazard[BL105]: processes > os.system
    os.popen(command)  # hazard[BL105]: processes > os.popen
    os.posix_spawn(command, [], {})  # hazard[BL105]: processes > os.posix_spawn
    os.posix_spawnp(command, [], {})  # hazard[BL105]: processes > os.posix_spawnp
    os.spawnl(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnl
    os.spawnle(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnle
    os.spawnlp(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnlp
    os.spawnlpe(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnlpe
    os.spawnv(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnv
    os.spawnve(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnve
    os.spawnvp(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnvp
    os.spawnvpe(os.P_WAIT, command)  # hazard[BL105]: processes > os.spawnvpe
    os.wait()  # hazard[BL105]: processes > os.wait
    os.wait3(0)  # hazard[BL105]: processes > os.wait3
    os.wait4(pid, 0)  # hazard[BL105]: processes > os.wait4
    os.waitid(os.P_PID, pid, os.WEXITED)  # hazard[BL105]: processes > os.waitid
    os.waitpid(pid, 0)  # hazard[BL105]: processes > os.waitpid


async def opened(name, number):
    open(name)  # hazard[BL107]: opened > builtins.open
    io.open(name)  # hazard[BL107]: opened > io.open
    io.open_code(name)  # hazard[BL107]: opened > io.open_code
    os.fdopen(number)  # hazard[BL107]: opened > os.fdopen


async def read(text: io.TextIOWrapper, data: io.BufferedReader | None):
    text.read()  # hazard[BL107]: read > io.TextIOWrapper.read
    text.readlines()  # hazard[BL107]: read > io.TextIOWrapper.readlines
    data.read()  # hazard[BL107]: read > io.BufferedReader.read


async def about_files(name, other):
    os.path.exists(name)  # hazard[BL107]: about_files > os.path.exists
    os.path.isfile(name)  # hazard[BL107]: about_files > os.path.isfile
    os.path.isdir(name)  # hazard[BL107]: about_files > os.path.isdir
    os.path.islink(name)  # hazard[BL107]: about_files > os.path.islink
    os.path.ismount(name)  # hazard[BL107]: about_files > os.path.ismount
    os.path.lexists(name)  # hazard[BL107]: about_files > os.path.lexists
    os.path.realpath(name)  # hazard[BL107]: about_files > os.path.realpath
    os.path.getatime(name)  # hazard[BL107]: about_files > os.path.getatime
    os.path.getctime(name)  # hazard[BL107]: about_files > os.path.getctime
    os.path.getmtime(name)  # hazard[BL107]: about_files > os.path.getmtime
    os.path.getsize(name)  # hazard[BL107]: about_files > os.path.getsize
    os.path.samefile(name, other)  # hazard[BL107]: about_files > os.path.samefile
    os.path.sameopenfile(0, 1)  # hazard[BL107]: about_files > os.path.sameopenfile


async def about_paths(path: Path, other: Path):
    path.exists()  # hazard[BL107]: about_paths > pathlib.Path.exists
    path.is_dir()  # hazard[BL107]: about_paths > pathlib.Path.is_dir
    path.is_file()  # hazard[BL107]: about_paths > pathlib.Path.is_file
    path.is_mount()  # hazard[BL107]: about_paths > pathlib.Path.is_mount
    path.is_symlink()  # hazard[BL107]: about_paths > pathlib.Path.is_symlink
    path.iterdir()  # hazard[BL107]: about_paths > pathlib.Path.iterdir
    path.lstat()  # hazard[BL107]: about_paths > pathlib.Path.lstat
    path.mkdir()  # hazard[BL107]: about_paths > pathlib.Path.mkdir
    path.open()  # hazard[BL107]: about_paths > pathlib.Path.open
    path.owner()  # hazard[BL107]: about_paths > pathlib.Path.owner
    path.group()  # hazard[BL107]: about_paths > pathlib.Path.group
    path.read_bytes()  # hazard[BL107]: about_paths > pathlib.Path.read_bytes
    path.read_text()  # hazard[BL107]: about_paths > pathlib.Path.read_text
    path.readlink()  # hazard[BL107]: about_paths > pathlib.Path.readlink
    path.resolve()  # hazard[BL107]: about_paths > pathlib.Path.resolve
    path.rmdir()  # hazard[BL107]: about_paths > pathlib.Path.rmdir
    path.stat()  # hazard[BL107]: about_paths > pathlib.Path.stat
    path.touch()  # hazard[BL107]: about_paths > pathlib.Path.touch
    path.unlink()  # hazard[BL107]: about_paths > pathlib.Path.unlink
    path.rename(other)  # hazard[BL107]: about_paths > pathlib.Path.rename
    path.replace(other)  # hazard[BL107]: about_paths > pathlib.Path.replace
    path.samefile(other)  # hazard[BL107]: about_paths > pathlib.Path.samefile
    path.symlink_to(other)  # hazard[BL107]: about_paths > pathlib.Path.symlink_to
    path.hardlink_to(other)  # hazard[BL107]: about_paths > pathlib.Path.hardlink_to
    path.chmod(0o600)  # hazard[BL107]: about_paths > pathlib.Path.chmod
    path.write_bytes(b"")  # hazard[BL107]: about_paths > pathlib.Path.write_bytes
    path.write_text("")  # hazard[BL107]: about_paths > pathlib.Path.write_text


async def asked():
    input()  # hazard[BL108]: asked > builtins.input


async def slept():
    time.sleep(5)  # hazard[BL101]: slept > time.sleep


# These only compute with names; walking is lazy and costs nothing before the first step; closing waits for nobody.
async def asks_nobody(path: Path, name: str, client: httpx.Client):
    os.path.normpath(name)
    os.path.abspath(name)
    os.path.relpath(name)
    os.path.expanduser(name)
    path.absolute()
    path.glob("*")
    path.rglob("*")
    client.build_request("GET", name)
    client.close()

"""A buffer in memory is no file, however it is passed on."""

import gzip
import io
import json
import sqlite3
import tarfile
import zipfile

import numpy
import openpyxl
import pandas
import pyarrow.parquet
import torch
from PIL import Image


async def from_files(path):
    pandas.read_csv(path)  # hazard(warning)[BL107]: from_files > pandas.read_csv
    numpy.load(path)  # hazard(warning)[BL107]: from_files > numpy.load
    openpyxl.load_workbook(path)  # hazard(warning)[BL107]: from_files > openpyxl.load_workbook
    pyarrow.parquet.read_table(path)  # hazard(warning)[BL107]: from_files > pyarrow.parquet.read_table
    torch.load(path)  # hazard(warning)[BL107]: from_files > torch.load
    with open(path) as file:  # hazard(note)[BL107]: from_files > builtins.open
        json.load(file)  # hazard(note)[BL107]: from_files > json.load
    Image.open(path)  # hazard(note)[BL107]: from_files > PIL.Image.open
    sqlite3.connect(path)  # hazard(note)[BL104]: from_files > sqlite3.connect
    archive = zipfile.ZipFile(path)  # hazard(note)[BL107]: from_files > zipfile.ZipFile
    return archive.read("a")  # hazard(note)[BL107]: from_files > zipfile.ZipFile.read


async def from_memory(data: bytes, text: str):
    buffer = io.BytesIO(data)
    pandas.read_csv(io.StringIO(text))
    numpy.load(buffer)
    openpyxl.load_workbook(filename=buffer, read_only=True)
    pyarrow.parquet.read_table(source=buffer)
    torch.load(buffer)
    json.load(buffer)
    json.dump({}, io.StringIO())
    Image.open(buffer)
    sqlite3.connect(":memory:")
    with zipfile.ZipFile(buffer) as archive:
        archive.read("a")
    with tarfile.open(fileobj=buffer, mode="r:gz") as members:
        members.getmembers()
    with gzip.GzipFile(fileobj=buffer) as packed:
        return packed.read()


async def unpacks_to_disk(data: bytes, target: str):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(target)  # hazard(warning)[BL107]: unpacks_to_disk > zipfile.ZipFile.extractall


def workbook(frame: pandas.DataFrame) -> bytes:
    buffer = io.BytesIO()
    with pandas.ExcelWriter(buffer) as writer:
        frame.to_excel(writer)
    return buffer.getvalue()


async def download(frame: pandas.DataFrame):
    frame.to_parquet("frame.parquet")  # hazard(warning)[BL107]: download > pandas.DataFrame.to_parquet
    return workbook(frame), frame.to_parquet(), frame.to_csv()


async def either(data: bytes, path: str | None):
    source = path or io.BytesIO(data)
    return pandas.read_excel(source)  # hazard(warning)[BL107]: either > pandas.read_excel


# What is made says more than what is written.
class Cache:
    memory: sqlite3.Connection
    disk: sqlite3.Connection

    def __init__(self, path: str):
        self.memory = sqlite3.connect(":memory:")
        self.disk = sqlite3.connect(path)

    async def reads(self):
        self.memory.execute("SELECT 1")
        with self.memory:
            self.memory.executemany("INSERT INTO a VALUES (?)", [])
        self.disk.execute("SELECT 1")  # hazard[BL104]: Cache.reads > sqlite3.Connection.execute

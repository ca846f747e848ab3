use std::os::fd::RawFd;

pub async fn reaps(pid: i32) -> i32 {
    let mut status = 0;
    unsafe { libc::waitpid(pid, &mut status, 0) }; // hazard: reaps > libc::waitpid
    status
}

pub async fn looks(pid: i32) -> i32 {
    let mut status = 0;
    unsafe { libc::waitpid(pid, &mut status, libc::WNOHANG | libc::WUNTRACED) };
    status
}

pub async fn looks_at_children() {
    use nix::sys::wait::{WaitPidFlag, waitpid};
    let any = nix::unistd::Pid::from_raw(-1);
    let _ = waitpid(any, WaitPidFlag::WNOHANG.into());
    let _ = waitpid(any, Some(WaitPidFlag::WNOHANG | WaitPidFlag::WUNTRACED));
    let _ = waitpid(any, WaitPidFlag::WUNTRACED.into()); // hazard: looks_at_children > nix::sys::wait::waitpid
}

pub async fn claims(file: RawFd) {
    unsafe { libc::flock(file, libc::LOCK_EX) }; // hazard: claims > libc::flock
}

pub async fn tries(file: RawFd) {
    unsafe { libc::flock(file, libc::LOCK_EX | libc::LOCK_NB) };
}

// Somebody set the descriptor to be non-blocking, or did not.
pub async fn connects(socket: RawFd, address: &libc::sockaddr, length: u32) {
    unsafe { libc::connect(socket, address, length) };
}

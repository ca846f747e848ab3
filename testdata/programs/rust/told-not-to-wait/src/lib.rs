//! Sockets that are told not to wait fail instead: where they are used, by the function that opens them, or by the object that keeps them.

use std::io::{ErrorKind, Result};
use std::net::{TcpListener, UdpSocket};
use std::time::Duration;

pub async fn accepts() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:80")?;
    listener.set_nonblocking(true)?;
    loop {
        match listener.accept() {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => tokio::time::sleep(Duration::from_millis(5)).await,
            Err(error) => return Err(error),
        }
    }
}

pub async fn waits() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:80")?;
    listener.set_nonblocking(false)?;
    listener.accept()?; // hazard: waits > std::net::TcpListener::accept
    Ok(())
}

pub async fn waits_again() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:80")?;
    listener.set_nonblocking(true)?;
    listener.set_nonblocking(false)?;
    listener.accept()?; // hazard: waits_again > std::net::TcpListener::accept
    Ok(())
}

pub struct Probe {
    socket: UdpSocket,
}

impl Probe {
    pub fn new() -> Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_nonblocking(true)?;
        Ok(Self { socket })
    }

    pub async fn poll(&self, buffer: &mut [u8]) -> Option<usize> {
        self.socket.recv(buffer).ok()
    }
}

pub struct Listener {
    socket: UdpSocket,
}

impl Listener {
    pub fn new() -> Result<Self> {
        Ok(Self { socket: UdpSocket::bind("127.0.0.1:0")? })
    }

    pub async fn next(&self, buffer: &mut [u8]) -> Option<usize> {
        self.socket.recv(buffer).ok() // hazard: Listener::next > std::net::UdpSocket::recv
    }
}

fn open(port: u16) -> Result<UdpSocket> {
    let socket = UdpSocket::bind(("127.0.0.1", port))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn open_to_wait(port: u16) -> Result<UdpSocket> {
    let socket = UdpSocket::bind(("127.0.0.1", port))?;
    Ok(socket)
}

pub struct Kept {
    socket: UdpSocket,
}

impl Kept {
    pub fn new(port: u16) -> Result<Self> {
        let socket = open(port)?;
        Ok(Self { socket })
    }

    pub async fn poll(&self, buffer: &mut [u8]) -> Option<usize> {
        self.socket.recv(buffer).ok()
    }
}

pub async fn opened(buffer: &mut [u8]) -> Result<usize> {
    open(0)?.recv(buffer)?;
    open_to_wait(0)?.recv(buffer) // hazard: opened > std::net::UdpSocket::recv
}

pub async fn told_too_late() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:80")?;
    listener.accept()?; // hazard: told_too_late > std::net::TcpListener::accept
    listener.set_nonblocking(true)
}

pub async fn told_in_the_other_case(spins: bool) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:80")?;
    if spins {
        listener.set_nonblocking(true)?;
    } else {
        listener.accept()?; // hazard: told_in_the_other_case > std::net::TcpListener::accept
    }
    Ok(())
}

pub async fn told_to_wait_at_the_end() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:80")?;
    listener.set_nonblocking(true)?;
    let _ = listener.accept();
    listener.set_nonblocking(false)
}

fn either(told: bool) -> Result<UdpSocket> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    if !told {
        return Ok(socket);
    }
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn another(_of: UdpSocket) -> Result<UdpSocket> {
    UdpSocket::bind("127.0.0.1:0")
}

pub async fn not_told_for_sure(buffer: &mut [u8]) -> Result<usize> {
    either(false)?.recv(buffer)?; // hazard: not_told_for_sure > std::net::UdpSocket::recv
    another(open(0).unwrap())?.recv(buffer) // hazard: not_told_for_sure > std::net::UdpSocket::recv
}

pub struct Pair {
    socket: UdpSocket,
    other: Probe,
}

impl Pair {
    pub fn tell(&self) -> Result<()> {
        self.other.socket.set_nonblocking(true)
    }

    pub async fn next(&self, buffer: &mut [u8]) -> Option<usize> {
        self.socket.recv(buffer).ok() // hazard: Pair::next > std::net::UdpSocket::recv
    }
}

pub async fn opened_otherwise(buffer: &mut [u8]) -> usize {
    let socket = std::sync::Arc::new(open(0).unwrap());
    socket.recv(buffer).unwrap_or_default()
}

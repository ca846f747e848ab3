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

use std::fs::File;
use std::io::{self, Cursor};

pub async fn uploads(file: &mut File, out: &mut Vec<u8>) -> io::Result<u64> {
    io::copy(file, out) // hazard[BL107]: uploads > std::io::copy
}

// What is in memory is not waited for.
pub async fn encodes(text: &[u8], out: &mut Vec<u8>) -> io::Result<u64> {
    io::copy(&mut Cursor::new(text), out)
}

// Of somebody else's reader it is not known whether it waits; the file behind it would.
pub async fn unpacks(payload: bytes_elsewhere::Payload) -> io::Result<String> {
    io::read_to_string(payload)
}

pub async fn stores(mut payload: bytes_elsewhere::Payload, file: &mut File) -> io::Result<u64> {
    io::copy(&mut payload, file) // hazard[BL107]: stores > std::io::copy
}

// A stream that encrypts waits where the stream inside does.
pub struct Outbox {
    ready: Vec<u8>,
}

impl io::Read for Outbox {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::WouldBlock.into())
    }
}

pub async fn receives(stream: &mut native_tls::TlsStream<Outbox>, into: &mut [u8]) -> io::Result<usize> {
    stream.read(into)
}

pub async fn downloads(stream: &mut native_tls::TlsStream<std::net::TcpStream>, into: &mut [u8]) -> io::Result<usize> {
    stream.read(into) // hazard[BL102]: downloads > std::net::TcpStream::read
}

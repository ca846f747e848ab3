//! Methods that libraries' traits add to other libraries' types.
use byteorder::{BigEndian, ReadBytesExt, WriteBytesExt};
use fs4::tokio::AsyncFileExt;
use std::io::Cursor;
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use wait_timeout::ChildExt;

pub async fn reads(mut stream: TcpStream) -> std::io::Result<u32> {
    stream.read_u32::<BigEndian>() // hazard[BL102]: reads > std::net::TcpStream::read_u32
}

pub async fn writes(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_u16::<BigEndian>(7) // hazard[BL102]: writes > std::net::TcpStream::write_u16
}

pub async fn decodes(bytes: Vec<u8>) -> std::io::Result<u32> {
    Cursor::new(bytes).read_u32::<BigEndian>()
}

pub async fn reads_asynchronously(mut stream: tokio::net::TcpStream) -> std::io::Result<u32> {
    stream.read_u32().await
}

pub async fn waits(mut child: Child) {
    child.wait_timeout(Duration::from_secs(3)).unwrap(); // hazard[BL105]: waits > std::process::Child::wait_timeout
}

// The trait is called asynchronous, and only some of its methods are.
pub async fn locks(file: tokio::fs::File) {
    file.lock_exclusive().unwrap(); // hazard: locks > tokio::fs::File::lock_exclusive
    file.try_lock_exclusive().unwrap();
    file.unlock_async().await.unwrap();
}

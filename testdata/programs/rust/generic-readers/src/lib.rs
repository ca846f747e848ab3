use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::net::TcpStream;

// What a generic function does to what it reads hangs on what it is given: the finding stands where that is given.
fn all<R: Read>(mut from: R) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn line<R>(from: &mut R) -> io::Result<String>
where
    R: BufRead,
{
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line)
}

fn header(from: &mut dyn Read) -> io::Result<[u8; 4]> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn kind(mut from: impl Read) -> io::Result<bool> {
    Ok(header(&mut from)? == *b"RIFF")
}

fn put(to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"hello")?;
    writeln!(to, "!")
}

pub async fn downloads(stream: TcpStream) -> io::Result<Vec<u8>> {
    all(stream) // hazard[BL102]: downloads > all > std::net::TcpStream::read_to_end
}

pub async fn greets(stream: TcpStream) -> io::Result<String> {
    line(&mut BufReader::new(stream)) // hazard[BL102]: greets > line > std::net::TcpStream::read_line
}

pub async fn opens(file: File) -> io::Result<bool> {
    kind(file) // hazard[BL107]: opens > kind > header > std::fs::File::read_exact
}

pub async fn sends(mut stream: TcpStream) -> io::Result<()> {
    put(&mut stream) // hazard[BL102]: sends > put > std::net::TcpStream::write_all
}

// What is in memory is not waited for, whoever else calls the same function.
pub async fn decodes(bytes: &[u8]) -> io::Result<Vec<u8>> {
    line(&mut Cursor::new(bytes))?;
    kind(Cursor::new(bytes))?;
    all(bytes)
}

pub async fn encodes() -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    put(&mut out)?;
    Ok(out)
}

// On a thread that may wait, so may the function.
pub async fn archives(stream: TcpStream) -> io::Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || all(stream)).await.unwrap()
}

// What a generic type's method does to what the object holds hangs on what this object was made with.
pub struct Framed<R> {
    inner: R,
}

impl<R: Read> Framed<R> {
    fn new(inner: R) -> Self {
        Self { inner }
    }

    fn next(&mut self) -> io::Result<[u8; 4]> {
        let mut bytes = [0; 4];
        self.inner.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn skip(&mut self) -> io::Result<()> {
        self.next().map(|_| ())
    }
}

pub async fn frames(mut framed: Framed<TcpStream>) -> io::Result<[u8; 4]> {
    framed.next() // hazard[BL102]: frames > next > std::net::TcpStream::read_exact
}

pub async fn skips(stream: TcpStream) -> io::Result<()> {
    let mut framed = Framed::new(stream);
    framed.skip() // hazard[BL102]: skips > skip > next > std::net::TcpStream::read_exact
}

pub async fn unpacks(bytes: Vec<u8>) -> io::Result<()> {
    Framed::new(Cursor::new(bytes)).skip()
}

//! A database on loopback: takes a token, says `ok` or `28000`. Its runtime is its own, so no service can hold it up.

use crate::sts::Issued;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub(crate) fn start(issued: Arc<Issued>) -> SocketAddr {
    let (send, address) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
            send.send(listener.local_addr().expect("its address")).expect("somebody waits for it");
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, Arc::clone(&issued)));
            }
        });
    });
    address.recv().expect("the database starts")
}

async fn serve(connection: TcpStream, issued: Arc<Issued>) -> std::io::Result<()> {
    let mut token = String::new();
    let mut connection = BufReader::new(connection);
    connection.read_line(&mut token).await?;
    let verdict: &[u8] = if issued.valid(token.trim()) { b"ok\n" } else { b"28000\n" };
    connection.get_mut().write_all(verdict).await
}

/// A connection and a query, as a service makes them; whether the database took the token.
pub(crate) async fn query(database: SocketAddr, token: &str) -> bool {
    async fn ask(database: SocketAddr, token: &str) -> std::io::Result<String> {
        let mut connection = BufReader::new(TcpStream::connect(database).await?);
        connection.get_mut().write_all(format!("{token}\n").as_bytes()).await?;
        let mut verdict = String::new();
        connection.read_line(&mut verdict).await?;
        Ok(verdict)
    }
    ask(database, token).await.is_ok_and(|verdict| verdict.trim() == "ok")
}

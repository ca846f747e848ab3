//! `redis` against a server in this process that notes who authenticates, and with what.

use crate::support::{Play, Script, secs};
use iam_refresh::TokenCache;
use iam_refresh::clients::redis::IamCredentials;
use redis::AsyncConnectionConfig;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

type Seen = Arc<Mutex<Vec<Vec<String>>>>;

/// Reads commands as the protocol sends them (arrays of bulk strings) and agrees to each.
async fn serve(socket: TcpStream, seen: Seen) -> std::io::Result<()> {
    let mut socket = BufReader::new(socket);
    loop {
        let mut command = Vec::new();
        for _ in 0..number(&mut socket).await? {
            let mut part = vec![0; number(&mut socket).await? + 2];
            socket.read_exact(&mut part).await?;
            command.push(String::from_utf8_lossy(&part[..part.len() - 2]).into_owned());
        }
        seen.lock().unwrap().push(command);
        socket.write_all(b"+OK\r\n").await?;
    }
}

async fn number(socket: &mut BufReader<TcpStream>) -> std::io::Result<usize> {
    let mut line = String::new();
    if socket.read_line(&mut line).await? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim()[1..].parse().expect("a length"))
}

#[tokio::test]
async fn each_new_token_authenticates_the_open_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Seen::default();
    tokio::spawn({
        let seen = Arc::clone(&seen);
        async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&seen)));
            }
        }
    });

    let cache = TokenCache::builder(Script::new([Play::Token(900)])).build().unwrap();
    let client = redis::Client::open(format!("redis://{address}")).unwrap();
    let config = AsyncConnectionConfig::new().set_credentials_provider(IamCredentials::new(cache.clone(), "app"));
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await.unwrap();
    let _: String = redis::cmd("PING").query_async(&mut connection).await.unwrap();
    cache.report_auth_failure(cache.current().unwrap().generation());

    let authenticated = |with: &str| seen.lock().unwrap().iter().any(|command| command[..] == ["AUTH", "app", with]);
    assert!(authenticated("secret-1"), "{:?}", seen.lock().unwrap());
    let again = async {
        while !authenticated("secret-2") {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(secs(10), again).await.expect("the second token never reached the open connection");
}

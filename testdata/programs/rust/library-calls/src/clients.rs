//! Clients and streams that wait for the other side.

use isahc::prelude::*;
use std::io::{Read, Write};
use std::net::TcpStream;

pub async fn get() -> Result<String, isahc::Error> {
    let mut response = isahc::get("https://example.org")?; // hazard[BL102]: get > isahc::get
    Ok(response.text()?) // hazard[BL102]: get > isahc::ReadResponseExt::text
}

pub async fn asynchronous_get() -> Result<String, isahc::Error> {
    let mut response = isahc::get_async("https://example.org").await?;
    Ok(response.text().await?)
}

pub async fn mail() -> imap::error::Result<()> {
    let client = imap::ClientBuilder::new("example.org", 993).connect()?; // hazard[BL102]: mail > imap::ClientBuilder::connect
    let mut session = client.login("me", "secret").map_err(|it| it.0)?; // hazard[BL102]: mail > imap::Client::login
    session.select("INBOX")?; // hazard[BL102]: mail > imap::Session::select
    session.logout() // hazard[BL102]: mail > imap::Session::logout
}

pub async fn tls(stream: TcpStream) {
    let connector = openssl::ssl::SslConnector::builder(openssl::ssl::SslMethod::tls()).unwrap().build(); // hazard(note)[BL111]: tls > openssl::ssl::SslConnector::builder
    let mut stream = connector.connect("example.org", stream).unwrap(); // hazard[BL111]: tls > openssl::ssl::SslConnector::connect
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n").unwrap(); // hazard[BL102]: tls > openssl::ssl::SslStream::write_all
}

pub async fn handshake(mut connection: rustls::ClientConnection, mut socket: TcpStream) {
    connection.complete_io(&mut socket).unwrap(); // hazard[BL102]: handshake > rustls::ConnectionCommon::complete_io
}

pub async fn own_transport(mut connection: rustls::ClientConnection, mut transport: InMemory) {
    connection.complete_io(&mut transport).unwrap();
}

pub struct InMemory;

pub async fn copy(session: ssh2::Session) {
    let (mut file, _) = session.scp_recv("file".as_ref()).unwrap(); // hazard[BL102]: copy > ssh2::Session::scp_recv
    file.read_to_end(&mut Vec::new()).unwrap(); // hazard[BL102]: copy > ssh2::Channel::read_to_end
    file.send_eof().unwrap(); // hazard[BL102]: copy > ssh2::Channel::send_eof
}

pub async fn telemetry(exporter: opentelemetry_otlp::MetricExporter) {
    let meters = opentelemetry_sdk::metrics::SdkMeterProvider::builder().with_periodic_exporter(exporter).build();
    meters.shutdown().unwrap(); // hazard[BL106]: telemetry > opentelemetry_sdk::metrics::SdkMeterProvider::shutdown
}

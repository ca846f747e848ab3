//! Methods of libraries' traits.

use aws_credential_types::provider::{future, ProvideCredentials};
use aws_credential_types::Credentials;
use bytes::BytesMut;
use tokio_util::codec::Decoder;

#[derive(Debug)]
pub struct Helper;

impl ProvideCredentials for Helper {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let text = std::process::Command::new("credential-helper").output().unwrap(); // hazard[BL105]: <Helper as ProvideCredentials>::provide_credentials > std::process::Command::output
        future::ProvideCredentials::ready(Ok(parse(&text.stdout)))
    }
}

#[derive(Debug)]
pub struct Asynchronous;

impl ProvideCredentials for Asynchronous {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let text = tokio::process::Command::new("credential-helper").output().await.unwrap();
            Ok(parse(&text.stdout))
        })
    }
}

fn parse(_: &[u8]) -> Credentials {
    Credentials::new("", "", None, None, "helper")
}

pub struct Frames;

impl Decoder for Frames {
    type Item = BytesMut;
    type Error = std::io::Error;

    fn decode(&mut self, source: &mut BytesMut) -> Result<Option<BytesMut>, std::io::Error> {
        std::fs::write("last-frame", &source)?; // hazard(note)[BL107]: <Frames as Decoder>::decode > std::fs::write
        Ok(Some(source.split()))
    }
}

/// Nobody's trait: only what calls it says where it runs.
pub trait Own {
    fn decode(&mut self);
}

impl Own for Frames {
    fn decode(&mut self) {
        std::fs::write("last-frame", "").unwrap();
    }
}

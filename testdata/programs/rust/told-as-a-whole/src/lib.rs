//! A session that is told not to wait tells its channels and files too.

use ssh2::{Channel, Error, Session};
use std::io::Result;

fn open() -> Result<Session> {
    let session = Session::new()?;
    session.set_blocking(false);
    Ok(session)
}

pub struct Shell {
    session: Session,
    channel: Channel,
}

impl Shell {
    pub fn new() -> Result<Self> {
        let session = open()?;
        let channel = session.channel_session()?;
        Ok(Self { session, channel })
    }

    pub async fn run(&mut self, command: &str) -> std::result::Result<(), Error> {
        loop {
            match self.channel.exec(command) {
                Err(_) => tokio::task::yield_now().await,
                done => return done,
            }
        }
    }

    pub async fn ends(&mut self) {
        let _ = self.session.disconnect(None, "done", None);
    }
}

pub async fn begins(mut session: Session) -> std::result::Result<(), Error> {
    session.handshake()?; // hazard: begins > ssh2::Session::handshake
    session.set_blocking(false);
    Ok(())
}

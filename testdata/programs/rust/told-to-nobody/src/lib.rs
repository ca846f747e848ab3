use ssh2::{Channel, Error, Session};

pub struct Shell {
    session: Session,
    channel: Channel,
}

impl Shell {
    pub fn new(session: Session, channel: Channel) -> Self {
        session.set_blocking(true);
        Self { session, channel }
    }

    pub async fn run(&mut self, command: &str) -> Result<(), Error> {
        self.channel.exec(command) // hazard: Shell::run > ssh2::Channel::exec
    }
}

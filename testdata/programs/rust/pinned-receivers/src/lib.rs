//! What is polled is reached through the methods of `Pin`.

use std::fs::File;
use std::future::Future;
use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

pub struct Contents {
    file: File,
}

impl Future for Contents {
    type Output = Vec<u8>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Vec<u8>> {
        let mut bytes = Vec::new();
        let _ = self.get_mut().file.read_to_end(&mut bytes); // hazard[BL204]: <Contents as Future>::poll > std::fs::File::read_to_end
        Poll::Ready(bytes)
    }
}

#[pin_project::pin_project]
pub struct Projected {
    file: File,
}

impl Future for Projected {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let this = self.as_mut().project();
        let _ = this.file.sync_all(); // hazard[BL204]: <Projected as Future>::poll > std::fs::File::sync_all
        Poll::Ready(())
    }
}

pub struct Named {
    file: File,
}

impl Future for Named {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let this = Pin::get_mut(self);
        let _ = this.file.sync_all(); // hazard[BL204]: <Named as Future>::poll > std::fs::File::sync_all
        Poll::Ready(())
    }
}

pub struct Elsewhere {
    file: Arc<File>,
}

impl Future for Elsewhere {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let file = self.get_mut().file.clone();
        tokio::task::spawn_blocking(move || file.sync_all());
        Poll::Ready(())
    }
}

pub struct Own {
    file: File,
}

impl Own {
    // Its own method is meant, which gives something else.
    fn get_mut(self: Pin<&mut Self>) -> Duration {
        Duration::ZERO
    }
}

impl Future for Own {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<bool> {
        Poll::Ready(self.get_mut().is_zero())
    }
}

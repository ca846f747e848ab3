//! Imports the other.
use crate::adapters::quick::QuickExt;
use tokio_stream::wrappers::ReceiverStream;

pub async fn settles_quickly(stream: ReceiverStream<u8>) {
    stream.settle_down();
}

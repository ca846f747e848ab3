//! Imports the one.
use crate::adapters::slow::SlowExt;
use tokio_stream::wrappers::ReceiverStream;

pub async fn settles_slowly(stream: ReceiverStream<u8>) {
    stream.settle_down();
}

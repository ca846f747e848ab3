//! Another program, without that sink.

pub async fn serves() {
    tracing::info!("served");
}

fn main() {}

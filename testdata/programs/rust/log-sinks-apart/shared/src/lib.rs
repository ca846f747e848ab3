//! What both are built on.

pub async fn shares() {
    tracing::info!("shared");
}

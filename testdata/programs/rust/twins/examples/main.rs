use twins::{Client, fetch};

#[tokio::main]
async fn main() -> Result<(), ()> {
    let client = Client::connect().await?;
    client.pause().await;
    fetch(&client).await;
    Ok(())
}

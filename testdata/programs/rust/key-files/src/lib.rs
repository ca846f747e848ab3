//! A library reads a key from a file.

use solana_sdk::signature::{Keypair, read_keypair_file};

pub async fn signer(path: String) -> Keypair {
    read_keypair_file(path).unwrap() // hazard[BL107]: signer > solana_sdk::signature::read_keypair_file
}

pub async fn signer_apart(path: String) -> Keypair {
    tokio::task::spawn_blocking(move || read_keypair_file(path).unwrap()).await.unwrap()
}

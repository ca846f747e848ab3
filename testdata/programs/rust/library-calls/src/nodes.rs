//! Clients of Bitcoin nodes and indexes.

use bitcoincore_rpc::RpcApi;
use electrum_client::ElectrumApi;

pub async fn node() -> bitcoincore_rpc::Result<u64> {
    let client = bitcoincore_rpc::Client::new("http://localhost:8332", bitcoincore_rpc::Auth::None)?;
    client.get_block_count() // hazard[BL102]: node > bitcoincore_rpc::RpcApi::get_block_count
}

pub async fn any_node(client: &impl RpcApi) {
    client.get_best_block_hash().unwrap(); // hazard[BL102]: any_node > bitcoincore_rpc::RpcApi::get_best_block_hash
}

pub async fn electrum() -> Result<(), electrum_client::Error> {
    let client = electrum_client::Client::new("tcp://localhost:50001")?; // hazard[BL102]: electrum > electrum_client::Client::new
    client.block_headers_subscribe()?; // hazard[BL102]: electrum > electrum_client::ElectrumApi::block_headers_subscribe
    client.block_headers_pop()?;
    Ok(())
}

pub async fn esplora(txid: &bitcoin::Txid) {
    let client = esplora_client::Builder::new("https://example.org/api").timeout(5).build_blocking();
    client.get_tx(txid).unwrap(); // hazard[BL102]: esplora > esplora_client::BlockingClient::get_tx
}

pub async fn asynchronous_esplora(txid: &bitcoin::Txid) {
    let client = esplora_client::Builder::new("https://example.org/api").build_async().unwrap();
    client.get_tx(txid).await.unwrap();
}

pub async fn keystore(path: &str) {
    alloy::signers::local::PrivateKeySigner::decrypt_keystore(path, "secret").unwrap(); // hazard[BL109]: keystore > alloy_signer_local::LocalSigner::decrypt_keystore
    alloy::signers::local::PrivateKeySigner::random();
}

mod store;

pub async fn handler() -> u32 {
    store::load()
}

use store::Store;

pub async fn handler(store: &Store) -> u32 {
    store.load()
}

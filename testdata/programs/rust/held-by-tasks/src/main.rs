fn main() {
    let catalog = held_by_tasks::Catalog::new();
    std::thread::park();
    drop(catalog);
}

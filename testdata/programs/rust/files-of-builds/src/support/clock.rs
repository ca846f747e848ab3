pub async fn ticks() {
    std::thread::sleep(std::time::Duration::from_secs(1)); // hazard(note): ticks > std::thread::sleep
}

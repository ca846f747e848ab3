pub fn settle() {
    std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: settles > settle > std::thread::sleep
}

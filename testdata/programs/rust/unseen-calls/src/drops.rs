pub struct Guard(std::process::Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.wait(); // hazard[BL202]: ends > drop > std::process::Child::wait
    }
}

pub async fn ends(guard: Guard) {
    let guard = guard;
    drop(guard);
}

pub async fn ends_all(first: Guard, second: Guard) {
    let guards = vec![first, second];
    tokio::task::yield_now().await;
    let _ = guards.len();
}

pub async fn hands_on(guard: Guard) -> Guard {
    guard
}

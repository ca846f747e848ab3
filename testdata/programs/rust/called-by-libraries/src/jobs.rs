//! What a scheduler or a controller calls.

use kube::runtime::Controller;
use std::sync::Arc;
use std::time::Duration;
use tokio_cron_scheduler::Job;

pub fn nightly() -> Job {
    Job::new("0 0 3 * * *", |_, _| {
        std::process::Command::new("pg_dump").status().unwrap(); // hazard[BL105]: nightly > std::process::Command::status
    })
    .unwrap()
}

pub fn often() -> Job {
    Job::new_async("0 * * * * *", |_, _| {
        Box::pin(async {
            tokio::task::spawn_blocking(|| std::process::Command::new("df").status()).await.unwrap().unwrap();
        })
    })
    .unwrap()
}

async fn reconcile(_: Arc<Pod>, _: Arc<()>) -> Result<Action, Error> {
    Ok(Action::await_change())
}

fn error_policy(_: Arc<Pod>, _: &Error, _: Arc<()>) -> Action {
    std::thread::sleep(Duration::from_secs(5)); // hazard[BL101]: error_policy > std::thread::sleep
    Action::requeue(Duration::from_secs(5))
}

pub async fn control(pods: Api<Pod>) {
    Controller::new(pods, Config::default()).shutdown_on_signal().run(reconcile, error_policy, Arc::new(())).await;
}

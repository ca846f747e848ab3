//! What closures make of the elements of a library's type that nobody described.

pub async fn joins() {
    let cores = core_affinity::get_core_ids().unwrap();
    let handles: Vec<_> = cores.into_iter().map(|core| std::thread::spawn(move || core.id)).collect();
    for handle in handles {
        handle.join().unwrap(); // hazard[BL106]: joins > std::thread::JoinHandle::join
    }
}

pub async fn joins_by_parameter(cores: core_affinity::Cores) {
    let handles = cores.iter().map(|core| std::thread::spawn(move || core.id)).collect::<Vec<_>>();
    for handle in handles {
        handle.join().unwrap(); // hazard[BL106]: joins_by_parameter > std::thread::JoinHandle::join
    }
}

pub async fn awaits() {
    let cores = core_affinity::get_core_ids().unwrap();
    let handles: Vec<_> = cores.into_iter().map(|core| tokio::task::spawn_blocking(move || core.id)).collect();
    for handle in handles {
        handle.await.unwrap();
    }
}

pub async fn counts(cores: core_affinity::Cores) -> usize {
    let handles: Vec<_> = cores.into_iter().map(|core| std::thread::spawn(move || core.id)).collect();
    handles.len()
}

// The elements are not known, only what is made of them.
pub async fn uses_elements(cores: core_affinity::Cores) {
    for core in cores.into_iter() {
        core.join();
    }
}

// It is no iterator that this gives.
pub async fn maps_an_option(core: core_affinity::Core) {
    let handle = core.wrapped().map(|core| std::thread::spawn(move || core.id));
    drop(handle);
}

pub async fn joins_elsewhere() {
    let cores = core_affinity::get_core_ids().unwrap();
    let handles: Vec<_> = cores.into_iter().map(|core| std::thread::spawn(move || core.id)).collect();
    let _ = tokio::task::spawn_blocking(move || {
        for handle in handles {
            handle.join().unwrap();
        }
    })
    .await;
}

unsafe extern "C" {
    safe fn reply();
    safe fn elsewhere(function: fn());
}

pub struct Job;

// blocklint: blocking
pub fn wait_for_reply() {
    reply();
}

impl Job {
    pub fn finish(&self) { // blocklint: blocking
        reply();
    }
}

// blocklint: offload
pub fn offloaded(function: impl FnOnce()) {
    function();
}

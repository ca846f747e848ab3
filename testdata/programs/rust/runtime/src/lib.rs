use tokio::runtime::{Handle, Runtime};

async fn work() -> u32 {
    1
}

pub fn nested() -> u32 {
    Handle::current().block_on(work()) // hazard(error)[BL004]: handler > nested > Handle::block_on
}

pub async fn handler() -> u32 {
    nested()
}

pub fn script() -> u32 {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(work())
}

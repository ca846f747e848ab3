use pyo3::prelude::*;
use std::time::Duration;

fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: std::sync::OnceLock<tokio::runtime::Runtime> = std::sync::OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Runtime::new().unwrap())
}

async fn fetch() -> u32 {
    tokio::time::sleep(Duration::from_millis(300)).await;
    42
}

/// Holds the interpreter while it waits.
#[pyfunction]
fn balance() -> u32 {
    runtime().block_on(fetch()) // hazard[BL004]: show > balance > tokio::runtime::Runtime::block_on
}

/// Lets other threads of the interpreter run, but not the one that called.
#[pyfunction]
#[pyo3(name = "total")]
fn total_of_all(py: Python<'_>) -> u32 {
    py.detach(|| {
        std::thread::sleep(Duration::from_millis(300)); // hazard[BL101]: report > total_of_all > total_of_all > std::thread::sleep
    });
    7
}

#[pyfunction]
fn cached() -> u32 {
    7
}

#[pyclass]
struct Client {
    name: String,
}

#[pymethods]
impl Client {
    #[new]
    fn new(name: String) -> Self {
        std::thread::sleep(Duration::from_millis(100)); // hazard[BL101]: show > Client::new > std::thread::sleep
        Self { name }
    }

    fn send(&self) -> usize {
        std::thread::sleep(Duration::from_millis(200)); // hazard[BL101]: show > Client::send > std::thread::sleep
        self.name.len()
    }

    #[getter]
    fn name(&self) -> String {
        self.name.clone()
    }
}

#[pymodule]
fn _ledger(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(balance, module)?)?;
    module.add_function(wrap_pyfunction!(total_of_all, module)?)?;
    module.add_function(wrap_pyfunction!(cached, module)?)?;
    module.add_class::<Client>()
}

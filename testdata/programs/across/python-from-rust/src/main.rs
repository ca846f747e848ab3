use pyo3::prelude::*;
use pyo3::types::PyModule;

// The interpreter runs on the thread that calls it, which is the runtime's.
async fn rate() -> PyResult<u32> {
    Python::attach(|py| { // hazard[BL106]: rate > pyo3::Python::attach
        let source = py.import("rates.source")?;
        let refresh = source.getattr("refresh")?;
        refresh.call1(("EUR",))?.extract()
    })
}

async fn table(py: Python<'_>) -> PyResult<()> {
    let table = PyModule::import(py, "rates.source")?.getattr("Table")?;
    table.call_method0("load")?;
    Ok(())
}

async fn cached() -> PyResult<u32> {
    // hazard[BL106]: cached > pyo3::Python::attach
    Python::attach(|py| py.import("rates.source")?.call_method0("cached")?.extract())
}

async fn elsewhere() -> PyResult<u32> {
    let work = || Python::attach(|py| py.import("rates.source")?.call_method1("refresh", ("EUR",))?.extract());
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::main]
async fn main() -> PyResult<()> {
    println!("{} {} {}", rate().await?, cached().await?, elsewhere().await?);
    Ok(())
}

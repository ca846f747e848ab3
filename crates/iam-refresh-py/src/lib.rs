//! The crate `iam_refresh` as Python sees it, one level below the package: `python/iam_refresh/__init__.py` is the interface.
//!
//! No thread of Rust ever enters the interpreter. Python's own threads come here instead, wait without the interpreter's lock, and
//! take what there is: a thread that is inside Rust while the interpreter ends could not be ended cleanly.

mod calls;
mod waits;

use calls::Calls;
use iam_refresh::{Blocking, Generation, Token, TokenCache, Unavailable};
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use waits::Waits;

pyo3::create_exception!(iam_refresh, TokenUnavailable, PyException, "There is no valid token; the message says why.");

/// A cache and the two queues through which Python's threads serve it.
#[pyclass(frozen, module = "iam_refresh._native")]
struct Native {
    cache: TokenCache,
    calls: Arc<Calls>,
    waits: Waits,
}

/// A token, its generation and its end.
type Snapshot = (String, u64, f64);

#[pymethods]
impl Native {
    #[new]
    fn new(attempt_deadline: f64, skew: f64, refresh_at: (f64, f64)) -> PyResult<Self> {
        let calls = Arc::new(Calls::new());
        let source = Blocking::new({
            let calls = Arc::clone(&calls);
            move |_| calls.call()
        });
        let cache = TokenCache::builder(source)
            .attempt_deadline(duration(attempt_deadline)?)
            .skew(duration(skew)?)
            .refresh_at(refresh_at.0..=refresh_at.1)
            .build()
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Self { cache, calls, waits: Waits::new()? })
    }

    fn current(&self) -> PyResult<String> {
        self.cache.current().map(|token| token.expose().to_owned()).map_err(|error| unavailable(&error))
    }

    /// Secret, generation, end.
    fn snapshot(&self) -> PyResult<Snapshot> {
        self.cache.current().map(|token| snapshot(&token)).map_err(|error| unavailable(&error))
    }

    /// Starts a wait; `next_wait` returns its `id` when it is over.
    #[pyo3(signature = (id, timeout, newer_than=None))]
    fn start_wait(&self, id: u64, timeout: f64, newer_than: Option<u64>) -> PyResult<()> {
        self.waits.start(id, self.cache.clone(), duration(timeout)?, newer_than);
        Ok(())
    }

    /// For the thread that resolves waits: the next one that is over, or nothing at the end.
    fn next_wait(&self, py: Python<'_>) -> Option<(u64, Option<Snapshot>, Option<String>)> {
        let (id, outcome) = py.detach(|| self.waits.next())?;
        Some(match outcome {
            Ok(token) => (id, Some(snapshot(&token)), None),
            Err(error) => (id, None, Some(error.to_string())),
        })
    }

    /// For the thread that mints: whether a token is wanted, or the end has come.
    fn next_call(&self, py: Python<'_>) -> bool {
        py.detach(|| self.calls.next())
    }

    fn answer(&self, secret: String, expires_at: f64) -> PyResult<()> {
        let expires_at = SystemTime::UNIX_EPOCH + duration(expires_at)?;
        self.calls.answer(Ok((secret, expires_at)));
        Ok(())
    }

    fn fail(&self, message: String) {
        self.calls.answer(Err(message));
    }

    fn report_auth_failure(&self, generation: u64) -> bool {
        self.generation(generation).is_some_and(|used| self.cache.report_auth_failure(used).worth_a_retry())
    }

    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (status, dict) = (self.cache.status(), PyDict::new(py));
        dict.set_item("state", status.state.as_str())?;
        dict.set_item("generation", status.generation.map(|generation| generation.as_u64()))?;
        dict.set_item("driver_alive", status.driver_alive)?;
        dict.set_item("refreshes", status.refreshes)?;
        dict.set_item("failures", status.failures)?;
        dict.set_item("consecutive_failures", status.consecutive_failures)?;
        dict.set_item("last_error", status.last_error.map(|error| error.to_string()))?;
        dict.set_item("auth_rejected", self.cache.status().auth_rejected())?;
        Ok(dict)
    }

    /// Asks everything to end. Waits for nothing.
    fn close(&self) {
        self.waits.close(self.cache.clone());
        self.calls.close();
    }
}

impl Native {
    /// A generation that this cache has published; Python may hand in any number.
    fn generation(&self, number: u64) -> Option<Generation> {
        self.cache
            .peek()
            .generation()
            .filter(|current| number <= current.as_u64())
            .and_then(|_| Generation::from_u64(number))
    }
}

fn snapshot(token: &Token) -> Snapshot {
    let end = token.expires_at().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    (token.expose().to_owned(), token.generation().as_u64(), end.as_secs_f64())
}

fn duration(seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds).map_err(|error| PyValueError::new_err(format!("{seconds} s: {error}")))
}

fn unavailable(error: &Unavailable) -> PyErr {
    TokenUnavailable::new_err(error.to_string())
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Native>()?;
    module.add("TokenUnavailable", module.py().get_type::<TokenUnavailable>())
}

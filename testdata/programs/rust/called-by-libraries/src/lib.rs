//! Synchronous code that a server, a scheduler or a schema calls in the task that serves.

mod jobs;
mod schema;
mod servers;
mod traits;

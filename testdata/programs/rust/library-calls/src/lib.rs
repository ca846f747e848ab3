//! What libraries do that wait, as their documentation shows it, and their calls beside it that do not.

mod brokers;
mod clients;
mod compute;
mod files;
mod stores;

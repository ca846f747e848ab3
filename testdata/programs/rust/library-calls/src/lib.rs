//! What libraries do that wait, as their documentation shows it, and their calls beside it that do not.

mod brokers;
mod clients;
mod compute;
mod devices;
mod files;
mod locks;
mod nodes;
mod settings;
mod stores;
mod words;

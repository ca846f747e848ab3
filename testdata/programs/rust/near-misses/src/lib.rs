//! What nearly blocks, each beside what does.
mod descriptors;
mod locks;
mod runtimes;
mod trees;

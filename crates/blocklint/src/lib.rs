//! The pipeline and the world.

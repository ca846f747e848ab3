//! Bodies: statements and expressions to values, in the order in which they are computed.

mod assign;
mod blocks;
mod branches;
mod calls;
mod exprs;
mod guards;
mod loops;
mod patterns;

//! Helpers: `check` for copy with marked findings, `Folder` for files and the program itself.

mod fixture;
mod folder;

pub(crate) use fixture::check;
pub(crate) use folder::{Folder, Ran};

/// Rules and facts that the tests use, so that they do not change with the shipped ones.
pub(crate) const HOUSE: &str = include_str!("house.toml");

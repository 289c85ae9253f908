//! Rules and facts: as written in TOML, loaded, checked and compiled.

pub mod written;

//! Copy in, findings out, by family.

mod geography;
mod language;

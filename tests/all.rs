//! All integration tests in one binary. Put a new test where its subject is:
//!
//! - `accept`: findings that are let stand, and those of a git change alone
//! - `cases/`: copy in, findings out, by family; each test is one call of `check` with the findings marked in the copy
//! - `commands`: the command line, one TOML file of `cmd/` a case (arguments, files, exit status, output)
//! - `batch`: many files, threads, folders, what is left out
//! - `bad_input`: what no one should have given, and what is said about it
//! - `backtest`: draft rules on an archive
//! - `formats`: samples of every format, and that every word of them leads back to the file
//! - `facts`: the shipped facts fit together
//! - `fix`: repairs put into files
//! - `mutate`: errors planted into clean copy
//! - `numbers`: what copy's own numbers refute, by every phrasing with random numbers
//! - `counts`: the same for sums of each, averages, votes, sets, ranks, lists, temperatures and bounds
//! - `packs`: compiled rules, as the cache keeps them and as a newsroom hands them round
//! - `import`: tables into facts files
//! - `readers`: each format that is read, and its broken twin
//! - `report`: the JSON forms, which are a public interface
//! - `readme`: what the README shows is so
//! - `rules`: mistakes in rule and fact files
//! - `schemas`: reports and samples have the shape that public schemas ask for
//! - `shipped`: the shipped rules load and keep their examples
//! - `tidy`: what is asked of every file of the project
//! - `support/`: the helpers, and the rules that the tests use (`house.toml`)

mod accept;
mod backtest;
mod bad_input;
mod batch;
mod cases;
mod commands;
mod counts;
mod facts;
mod mutate;
mod numbers;
mod packs;
mod fix;
mod formats;
mod import;
mod readers;
mod readme;
mod report;
mod rules;
mod schemas;
mod shipped;
mod support;
mod tidy;

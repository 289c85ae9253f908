//! Arguments in, exit code out.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let c = cli::main();
    for n in 0..16 { eprintln!("N{n} {}", factlint::pattern::N[n].load(std::sync::atomic::Ordering::Relaxed)); }
    c
}

//! `factlint init`: a working set-up in a folder: settings, a first rule of one's own, and checks in CI and before commits.

use super::{Status, Stop, print};
use clap::Args;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct InitArguments {
    /// The folder to set up
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// What is written: path and content.
const FILES: &[(&str, &str)] = &[
    ("factlint.toml", SETTINGS),
    ("factlint-rules/house.toml", HOUSE),
    (".github/workflows/factlint.yml", WORKFLOW),
    (".pre-commit-config.yaml", PRE_COMMIT),
];

const SETTINGS: &str = r#"# What factlint does here. `factlint check` reads this file in this folder and in those below it.

rules = ["factlint-rules"]     # rules and facts of your own, beside the shipped ones
ignore = []                    # rules that do not run: `factlint rules` lists them
exclude = ["drafts/"]          # what is not checked, as in .gitignore
fail-on = "error"              # what makes a check fail: error, warning or note
"#;

const HOUSE: &str = r#"# A first rule of your own. Run `factlint test factlint-rules` after every change.

[source]
name = "Our own desk"

[kind.club]
[kind.stadium]

[relation.home]
of = "club"
is = "stadium"
inverse = "home_of"
unique = true

[entity.club]
harbour = { zh = ["海港联队"], en = ["Harbour United"], home = "lighthouse-park" }
granite = { zh = ["花岗岩队"], en = ["Granite Rovers"], home = "quarry-road" }

[entity.stadium]
lighthouse-park = { zh = ["灯塔公园球场"], en = ["Lighthouse Park"] }
quarry-road = { zh = ["采石路球场"], en = ["Quarry Road"] }

[[rule]]
id = "home-ground"
summary = "A club is given a home ground that is not its own."
patterns.zh = ['{club}的?主场{stadium}']
patterns.en = ['{stadium}, (?:the )?home (?:ground )?of {club}']
expect.stadium = "home(club)"
expect.club = "home_of(stadium)"
message.zh = "{{ stadium }}不是{{ club }}的主场"
message.en = "{{ stadium }} is not the home of {{ club }}"
examples = [
  { text = "比赛在海港联队主场[采石路球场]举行。", expect = "灯塔公园球场" },
  { text = "比赛在海港联队主场灯塔公园球场举行。" },
  { text = "They met at [Quarry Road], the home of Harbour United.", expect = "Lighthouse Park" },
  { text = "They met at Lighthouse Park, the home of Harbour United." },
]
"#;

const WORKFLOW: &str = r#"# Checks copy in every pull request. The findings become annotations on its lines.
name: factlint
on: [pull_request]
jobs:
  factlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      # From a registry; or from a clone of yours: cargo install --git ADDRESS
      - run: cargo install factlint
      - run: factlint test factlint-rules
      - run: factlint check --output-format github --since "origin/${{ github.base_ref }}"
"#;

const PRE_COMMIT: &str = r#"# Checks what is about to be committed. https://pre-commit.com
repos:
  - repo: local
    hooks:
      - id: factlint
        name: factlint
        entry: factlint check --output-format concise
        language: system
        types_or: [plain-text, markdown, html]
"#;

pub(super) fn run(arguments: &InitArguments) -> Result<Status, Stop> {
    let mut listing = String::new();
    for (path, content) in FILES {
        let whole = arguments.folder.join(path);
        match write_new(&whole, content) {
            Ok(true) => listing.push_str(&format!("wrote {}\n", whole.display())),
            Ok(false) => listing.push_str(&format!("kept {}, which is there already\n", whole.display())),
            Err(error) => return Err(Stop::said(format!("{}: it cannot be written: {error}", whole.display()))),
        }
    }
    listing.push_str(NEXT);
    print(&listing)?;
    Ok(Status::Clean)
}

const NEXT: &str = "
Next:
  factlint test factlint-rules     runs the examples of your first rule
  factlint check                   checks the copy in this folder
  factlint schema rules            a JSON Schema by which editors complete and check rule files
";

/// Writes a file that is not there yet; `false` if it is.
fn write_new(path: &Path, content: &str) -> std::io::Result<bool> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(content.as_bytes()).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

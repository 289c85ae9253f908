//! Rule sets that were compiled before: a newsroom's own rules and facts cost their compilation once.
//!
//! A compiled pack is kept under the hash of everything that went into it: the version of the program, its shipped
//! rules, and the names and bytes of the files. Reading large files only to find that they are unchanged would cost more
//! than the rest of a short run, so the size and times of each file are kept too, as git keeps them: a file whose stamp
//! is unchanged, and older than the stamps themselves, has not changed. Files of the cache are replaced, never written
//! in place; one that is cut short, foreign or damaged is compiled anew.

use crate::pack::{Pack, PackError};
use crate::rule::load::{Loaded, files_of_all, load_files, read_files};
use crate::rule::problem::Problem;
use crate::rule::written::SourceFile;
use crate::rule::{RuleSet, compile_to_pack};
use crate::shipped;
use etcetera::BaseStrategy;
use memmap2::Mmap;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use xxhash_rust::xxh3::Xxh3;

/// Names the folder of the cache instead of the user's own.
pub const FOLDER_VARIABLE: &str = "FACTLINT_CACHE_DIR";
/// The ending of packs that `factlint pack` writes.
pub const PACK_EXTENSION: &str = "pack";
/// Packs that are kept; the ones unused for longest go.
const MOST_PACKS: usize = 16;
/// A file changed within this time before its stamp was taken may change again without its times showing it.
const UNSETTLED: Duration = Duration::from_secs(2);

/// Which rules and facts are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Files and folders of TOML, and packs.
    pub paths: Vec<PathBuf>,
    /// Those that the program ships, too.
    pub shipped: bool,
}

/// A folder of compiled packs.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// The stamps of the files of one set of paths, and the key of what they held.
#[derive(Serialize, Deserialize)]
struct Stamps {
    files: Vec<Stamp>,
    key: String,
    /// When they were taken, in nanoseconds since 1970.
    taken: u64,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Stamp {
    path: PathBuf,
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// The file's number and the time of its last change of any kind, where the system has them.
    identity: (u64, i64),
}

impl Cache {
    /// The user's cache, or the folder that the environment names; none if there is no home for it.
    pub fn of_user() -> Option<Cache> {
        let named = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let own = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("factlint"));
        named.or_else(own).map(|folder| Cache { folder })
    }

    /// A cache in a folder, which need not exist yet.
    pub fn at(folder: PathBuf) -> Cache {
        Cache { folder }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, name: &str, extension: &str) -> PathBuf {
        self.folder.join(format!("{name}.{extension}"))
    }

    /// The pack of a key, if it is there and its head is sound.
    fn open(&self, key: &str) -> Option<RuleSet> {
        let path = self.path(key, PACK_EXTENSION);
        let file = File::open(&path).ok()?;
        // SAFETY: files of the cache are replaced whole and never written in place, so that the mapped bytes stay as
        // they are; what another program may do to them is found out block by block and cannot lead outside them.
        let map = unsafe { Mmap::map(&file) }.ok()?;
        match Pack::of_cache(map).and_then(RuleSet::of_pack) {
            Ok(rules) if !rules.is_damaged() => Some(rules),
            _ => {
                let _ = fs::remove_file(path);
                None
            }
        }
    }

    fn stamps(&self, wanted: &str) -> Option<Stamps> {
        postcard::from_bytes(&fs::read(self.path(wanted, "stamps")).ok()?).ok()
    }

    /// Puts a file in place at once; a cache that cannot be written costs time and nothing else.
    fn put(&self, name: &str, extension: &str, bytes: &[u8]) {
        let _ = write_whole(&self.path(name, extension), bytes);
    }

    /// Removes the packs that were made first, if there are many.
    fn tidy(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let mut packs: Vec<(SystemTime, PathBuf)> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == PACK_EXTENSION))
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        packs.sort();
        for (_, path) in packs.iter().take(packs.len().saturating_sub(MOST_PACKS)) {
            let _ = fs::remove_file(path);
        }
    }
}

/// The rules that are wanted, from the cache if they were compiled before, with every problem in them. Problems are
/// never kept: rules that have some are compiled at each run. Warnings are told when rules are compiled anew.
pub fn rules(wanted: &Wanted, cache: Option<&Cache>) -> (RuleSet, Vec<Problem>) {
    if wanted.paths.is_empty() && wanted.shipped {
        return (shipped::rules(), Vec::new());
    }
    if let [only] = wanted.paths.as_slice()
        && is_pack(only)
    {
        return match of_file(only) {
            Ok(rules) => (rules, Vec::new()),
            Err(problem) => (RuleSet::empty(), vec![*problem]),
        };
    }
    let mut problems = Vec::new();
    let (packs, paths): (Vec<PathBuf>, Vec<PathBuf>) = wanted.paths.iter().cloned().partition(|path| is_pack(path));
    let files = files_of_all(&paths, &mut problems);
    // A missing file is told at each run, and packs among other rules are compiled anew from the texts they carry.
    let Some(cache) = cache.filter(|_| problems.is_empty() && packs.is_empty()) else {
        return compile(load(&packs, &files, wanted.shipped, problems));
    };
    let name = hash(|hash| {
        hash(&[u8::from(wanted.shipped)]);
        wanted
            .paths
            .iter()
            .for_each(|path| hash(std::path::absolute(path).as_deref().unwrap_or(path).as_os_str().as_encoded_bytes()));
        wanted.paths.iter().for_each(|path| hash(path.as_os_str().as_encoded_bytes()));
    });
    let now: Vec<Stamp> = files.iter().filter_map(|path| Stamp::of(path)).collect();
    let known = cache.stamps(&name).filter(|known| known.files == now && now.len() == files.len() && known.settled());
    if let Some(rules) = known.and_then(|known| cache.open(&known.key)) {
        return (rules, problems);
    }
    let taken = nanoseconds(Some(SystemTime::now()));
    let texts = read_files(&files, &mut problems);
    if !problems.is_empty() {
        return compile(with_shipped(texts, wanted.shipped, problems));
    }
    let key = hash(|hash| {
        hash(&[u8::from(wanted.shipped)]);
        for file in &texts {
            hash(file.name.as_bytes());
            hash(file.text.as_bytes());
        }
    });
    let found = cache.open(&key);
    let rules = match found {
        Some(rules) => rules,
        None => {
            let (bytes, found) = compile_to_pack(with_shipped(texts, wanted.shipped, Vec::new()));
            if !found.iter().all(|problem| problem.is_warning) {
                return opened(bytes, found);
            }
            problems = found;
            cache.put(&key, PACK_EXTENSION, &bytes);
            cache.tidy();
            opened(bytes, Vec::new()).0
        }
    };
    let stamps = Stamps { files: now, key, taken };
    cache.put(&name, "stamps", &postcard::to_allocvec(&stamps).unwrap_or_default());
    (rules, problems)
}

/// The rules of a pack that a person names, all of it proved.
fn of_file(path: &Path) -> Result<RuleSet, Box<Problem>> {
    let told = |what: String, help: &str| Box::new(Problem::of_path(what, &path.display().to_string()).help(help));
    let bytes = fs::read(path).map_err(|error| told(format!("this pack cannot be read: {error}"), "check the path"))?;
    let again = "build it again: `factlint pack RULES -o FILE`";
    let rules = Pack::of_stranger(bytes).and_then(RuleSet::of_pack).map_err(|error| told(error.to_string(), again))?;
    match rules.is_consistent() {
        true => Ok(rules),
        false => Err(told(PackError::Inconsistent.to_string(), again)),
    }
}

fn is_pack(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == PACK_EXTENSION)
}

/// Everything to compile: the shipped files if wanted, what packs carry, and the files.
fn load(packs: &[PathBuf], files: &[PathBuf], shipped: bool, mut problems: Vec<Problem>) -> Loaded {
    let mut texts = Vec::new();
    for pack in packs {
        match of_file(pack) {
            Ok(rules) => texts.extend(rules.files().iter().filter(|file| !file.shipped).cloned()),
            Err(problem) => problems.push(*problem),
        }
    }
    texts.extend(read_files(files, &mut problems));
    with_shipped(texts, shipped, problems)
}

fn with_shipped(texts: Vec<SourceFile>, shipped: bool, mut problems: Vec<Problem>) -> Loaded {
    let mut loaded = load_files(shipped::among(texts, shipped));
    problems.append(&mut loaded.problems);
    loaded.problems = problems;
    loaded
}

fn compile(loaded: Loaded) -> (RuleSet, Vec<Problem>) {
    crate::rule::compile(loaded)
}

fn opened(bytes: Vec<u8>, mut problems: Vec<Problem>) -> (RuleSet, Vec<Problem>) {
    let opened = Pack::of_compiler(bytes).and_then(RuleSet::of_pack);
    let rules = opened.unwrap_or_else(|error| {
        problems.push(Problem::of_path(error.to_string(), "the compiled rules"));
        RuleSet::empty()
    });
    (rules, problems)
}

/// Compiles rules and facts to the bytes of a pack for others to use, with the warnings; nothing is written if there
/// is a problem.
///
/// # Errors
/// The problems.
pub fn build(wanted: &Wanted) -> Result<(Vec<u8>, Vec<Problem>), Vec<Problem>> {
    let mut problems = Vec::new();
    let (packs, paths): (Vec<PathBuf>, Vec<PathBuf>) = wanted.paths.iter().cloned().partition(|path| is_pack(path));
    let files = files_of_all(&paths, &mut problems);
    let (bytes, problems) = compile_to_pack(load(&packs, &files, wanted.shipped, problems));
    if problems.iter().all(|problem| problem.is_warning) { Ok((bytes, problems)) } else { Err(problems) }
}

/// Writes a file beside its place and moves it there, so that nobody ever sees half of it.
///
/// # Errors
/// If the folder cannot be made or written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

impl Stamps {
    /// Whether every file was old enough when its stamp was taken for a later change to show.
    fn settled(&self) -> bool {
        self.files.iter().all(|file| file.modified + UNSETTLED.as_nanos() as u64 <= self.taken)
    }
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let metadata = fs::metadata(path).ok()?;
        Some(Stamp {
            path: path.to_owned(),
            size: metadata.len(),
            modified: nanoseconds(metadata.modified().ok()),
            identity: identity(&metadata),
        })
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, i64) {
    (0, 0)
}

fn nanoseconds(time: Option<SystemTime>) -> u64 {
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(u64::MAX / 2, |since| since.as_nanos() as u64)
}

/// The hash of what is fed to it, and of the program that asks.
fn hash(feed: impl FnOnce(&mut dyn FnMut(&[u8]))) -> String {
    let mut hasher = Xxh3::new();
    hasher.update(&shipped::fingerprint().to_le_bytes());
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    feed(&mut |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    });
    format!("{:032x}", hasher.digest128())
}

//! Turns the tables of `data/` into sorted `static` slices with a perfect hash each, so that nothing is parsed or
//! allocated at run time.
//!
//! Each table is read, its shape and order are checked, and `$OUT_DIR/knowledge.rs` is written; `src/knowledge/table.rs`
//! includes it. A table with a fault stops the build with its file, line and reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

#[allow(dead_code, reason = "the tables need less of it than the look-ups")]
#[path = "src/edit_distance.rs"]
mod edit_distance;
#[path = "src/knowledge/hash.rs"]
mod hash;

use edit_distance::{kinds, slips};

/// The tables, their columns in the order in which they must stand, and the columns by which their lines are sorted.
const TABLES: [(&str, &[&str], &[&str]); 14] = [
    ("abbreviations", &["abbreviation", "meaning", "source"], &["abbreviation"]),
    ("captions", &["caption", "kind", "meaning", "takes_value", "source"], &["caption"]),
    ("exemptions", &["code", "order", "section", "meaning", "source"], &["code"]),
    ("iso_codes", &["alpha_3", "alpha_2", "tag", "source"], &["alpha_3"]),
    ("operating_signals", &["signal", "meaning", "source"], &["signal"]),
    ("orders", &["number", "title", "first_day", "last_day", "source"], &["number"]),
    (
        "posts",
        &[
            "canonical",
            "display",
            "kind",
            "city",
            "country",
            "archive_code",
            "routing_indicators",
            "aliases",
            "succeeded_by",
            "source",
        ],
        &["canonical"],
    ),
    ("precedences", &["word", "letter", "prosign", "rank", "source"], &["word"]),
    ("reasons", &["letter", "section", "first_year", "last_year", "meaning", "source"], &["letter", "section"]),
    ("routing_indicators", &["routing_indicator", "plad", "uses", "source"], &["routing_indicator", "plad"]),
    ("tags_geo", &["code", "name", "first_year", "last_year", "variant_of", "uses", "source"], &["code", "first_year"]),
    ("tags_org", &["code", "name", "first_year", "last_year", "uses", "source"], &["code", "first_year"]),
    ("tags_program", &["code", "name", "first_year", "last_year", "uses", "source"], &["code", "first_year"]),
    ("tags_subject", &["code", "field", "name", "first_year", "last_year", "uses", "source"], &["code", "first_year"]),
];

type Result<T> = std::result::Result<T, String>;

/// Sets `CABLEGRAM_REVISION` for `--version` of the programs: the revision of the repository, or of the package that was
/// made of it.
///
/// A release build is built anew for another revision; others name the one that this script ran at, or a later one.
fn set_revision() {
    let of_package = || {
        let about = fs::read_to_string(".cargo_vcs_info.json").ok()?;
        let (_, rest) = about.split_once("\"sha1\": \"")?;
        rest.get(..40).map(str::to_owned)
    };
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let revision = of_repository(is_release).or_else(of_package);
    let short = revision.as_deref().and_then(|revision| revision.get(..10)).unwrap_or("unknown revision");
    let end = if is_release { "" } else { " or later, debug build" };
    println!("cargo::rustc-env=CABLEGRAM_REVISION={short}{end}");
}

/// The revision that is checked out; nothing where this is no repository.
fn of_repository(is_watched: bool) -> Option<String> {
    let is_here = Path::new(".git");
    let git = match fs::read_to_string(is_here) {
        // A working tree beside the repository.
        Ok(link) => Path::new(link.trim().strip_prefix("gitdir: ")?).to_owned(),
        Err(_) => is_here.to_owned(),
    };
    let shared = fs::read_to_string(git.join("commondir")).map_or_else(|_| git.clone(), |dir| git.join(dir.trim()));
    let head = fs::read_to_string(git.join("HEAD")).ok()?;
    let Some(name) = head.trim().strip_prefix("ref: ") else { return Some(head.trim().to_owned()) };
    if is_watched {
        for file in [git.join("HEAD"), shared.join(name), shared.join("packed-refs")] {
            if file.exists() {
                println!("cargo::rerun-if-changed={}", file.display());
            }
        }
    }
    let packed = || {
        let refs = fs::read_to_string(shared.join("packed-refs")).ok()?;
        let line = refs.lines().find(|line| line.ends_with(name))?;
        line.split(' ').next().map(str::to_owned)
    };
    fs::read_to_string(shared.join(name)).ok().map(|revision| revision.trim().to_owned()).or_else(packed)
}

/// One line of a table: the values by column.
struct Row {
    at: String,
    values: BTreeMap<&'static str, String>,
}

impl Row {
    /// The value of a column that `TABLES` names.
    fn text(&self, column: &str) -> &str {
        self.values.get(column).map_or("", String::as_str)
    }

    fn filled(&self, column: &str) -> Result<&str> {
        match self.text(column) {
            "" => Err(format!("{}: `{column}` is empty", self.at)),
            text => Ok(text),
        }
    }

    /// A Rust expression of type `Option<&'static str>`.
    fn option(&self, column: &str) -> String {
        match self.text(column) {
            "" => "None".to_owned(),
            text => format!("Some({text:?})"),
        }
    }

    /// A Rust expression of type `Option<i32>`.
    fn year(&self, column: &str) -> Result<String> {
        match self.text(column) {
            "" => Ok("None".to_owned()),
            text => match text.parse::<i32>() {
                Ok(year @ 1950..=2100) => Ok(format!("Some({year})")),
                _ => Err(format!("{}: `{column}` is no year: {text:?}", self.at)),
            },
        }
    }

    /// A Rust expression of type `Option<NaiveDate>`.
    fn day(&self, column: &str) -> Result<String> {
        let fault = || format!("{}: `{column}` is no day: {:?}", self.at, self.text(column));
        match self.text(column) {
            "" => Ok("None".to_owned()),
            text => match text.split('-').map(str::parse).collect::<std::result::Result<Vec<u32>, _>>() {
                Ok(parts) => match parts.as_slice() {
                    [year, month @ 1..=12, day @ 1..=31] => {
                        Ok(format!("NaiveDate::from_ymd_opt({year}, {month}, {day})"))
                    }
                    _ => Err(fault()),
                },
                Err(_) => Err(fault()),
            },
        }
    }

    fn number(&self, column: &str) -> Result<u32> {
        self.text(column).parse().map_err(|_| format!("{}: `{column}` is no number: {:?}", self.at, self.text(column)))
    }

    fn list(&self, column: &str) -> Vec<&str> {
        self.text(column).split(',').filter(|item| !item.is_empty()).collect()
    }
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/edit_distance.rs");
    println!("cargo::rerun-if-changed=src/knowledge/hash.rs");
    set_revision();
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(|_| "CARGO_MANIFEST_DIR is not set".to_owned())?;
    let out = env::var("OUT_DIR").map_err(|_| "OUT_DIR is not set".to_owned())?;
    let mut tables = BTreeMap::new();
    for (name, columns, key) in TABLES {
        tables.insert(name, read(&Path::new(&root).join("data").join(format!("{name}.tsv")), columns, key)?);
    }
    let rows = |name: &str| tables.get(name).map_or(&[][..], Vec::as_slice);
    let mut code = String::from("// Made by build.rs from data/*.tsv.\n");
    code += &tags(&[
        ("Subject", rows("tags_subject")),
        ("Geographic", rows("tags_geo")),
        ("Program", rows("tags_program")),
        ("Organization", rows("tags_org")),
    ])?;
    code += &posts(rows("posts"), rows("routing_indicators"))?;
    code += &routing(rows("routing_indicators"))?;
    code += &small_tables(&rows)?;
    let path = Path::new(&out).join("knowledge.rs");
    fs::write(&path, code).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads a table and checks that its columns, their number and the order of the lines are right and no key stands twice.
fn read(path: &Path, columns: &'static [&'static str], key: &[&str]) -> Result<Vec<Row>> {
    let shown = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).map_err(|error| format!("data/{shown}: {error}"))?;
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, line)| line) != Some(columns.join("\t").as_str()) {
        return Err(format!("data/{shown}:1: the columns must be {}", columns.join(", ")));
    }
    let (mut rows, mut last) = (Vec::new(), Vec::new());
    for (index, line) in lines {
        let at = format!("data/{shown}:{}", index + 1);
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != columns.len() {
            return Err(format!("{at}: {} columns instead of {}", cells.len(), columns.len()));
        }
        if let Some(cell) = cells.iter().find(|cell| **cell != cell.trim()) {
            return Err(format!("{at}: blanks round {cell:?}"));
        }
        let values: BTreeMap<_, _> = columns.iter().copied().zip(cells.into_iter().map(str::to_owned)).collect();
        let row = Row { at, values };
        row.filled("source")?;
        let order: Vec<String> = key.iter().map(|column| row.text(column).to_owned()).collect();
        if order <= last {
            return Err(format!("{}: {order:?} must stand after {last:?} and only once", row.at));
        }
        last = order;
        rows.push(row);
    }
    Ok(rows)
}

/// `TAGS`, sorted by code, then by the rank of the table (the first one that has a code owns it), then by year.
fn tags(tables: &[(&str, &[Row])]) -> Result<String> {
    let mut all = Vec::new();
    for (rank, (kind, rows)) in tables.iter().enumerate() {
        for row in *rows {
            let code = row.filled("code")?;
            let fits = match *kind {
                "Subject" => code.len() == 4,
                "Program" => code.len() == 4 && code.starts_with('K'),
                "Geographic" => code.len() == 2,
                _ => code.len() >= 2,
            };
            if !fits || code.chars().any(|c| c.is_ascii_lowercase()) {
                return Err(format!("{}: {code:?} is no {kind} code", row.at));
            }
            all.push((code, rank, row.text("first_year"), *kind, row));
        }
    }
    all.sort_by_key(|(code, rank, first_year, ..)| (*code, *rank, *first_year));
    let mut keys = Vec::new();
    let mut code = format!("pub(super) static TAGS: [TagRow; {}] = [\n", all.len());
    for (tag, _, _, kind, row) in &all {
        let (first, last, uses) = (row.year("first_year")?, row.year("last_year")?, row.number("uses")?);
        put(
            &mut code,
            format_args!(
                "TagRow {{ code: {tag:?}, kind: TagKind::{kind}, field: {}, name: {}, first_year: {first}, \
                 last_year: {last}, variant_of: {}, uses: {uses}, source: {:?} }},\n",
                row.option("field"),
                row.option("name"),
                row.option("variant_of"),
                row.text("source"),
            ),
        );
        keys.push(*tag);
    }
    Ok(code + "];\n" + &index("TAG_INDEX", &keys)?)
}

/// What `src/knowledge/index.rs` searches a list by: a perfect hash of the keys, each of which leads to the first place
/// where it stands.
///
/// The keys are dealt into buckets; from the fullest bucket on, a seed is sought with which its keys come to free slots.
fn index(name: &str, keys: &[&str]) -> Result<String> {
    let mut buckets: Vec<Vec<(usize, u64)>> = vec![Vec::new(); (keys.len() / 3).next_power_of_two()];
    let mut dealt = BTreeSet::new();
    for (place, key) in keys.iter().enumerate().filter(|(_, key)| dealt.insert(**key)) {
        let hash = hash::hash(key.as_bytes());
        let bucket = hash::bucket(hash, buckets.len());
        buckets.get_mut(bucket).ok_or("no such bucket")?.push((place, hash));
    }
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by_key(|bucket| buckets.get(*bucket).map(|keys| std::cmp::Reverse(keys.len())));
    let mut seeds = vec![0_u16; buckets.len()];
    let mut slots: Vec<Option<usize>> = vec![None; (dealt.len() * 5 / 4).next_power_of_two()];
    for bucket in order {
        let keys = buckets.get(bucket).map(Vec::as_slice).unwrap_or_default();
        let seed = (0..=u16::MAX).find(|seed| settle(keys, *seed, &mut slots));
        let seed = seed.ok_or_else(|| format!("{name}: no seed parts the keys of a bucket"))?;
        *seeds.get_mut(bucket).ok_or("no such bucket")? = seed;
    }
    let places: Vec<usize> = slots.into_iter().map(|place| place.unwrap_or(0)).collect();
    Ok(format!("pub(super) static {name}: Index = Index {{ seeds: &{seeds:?}, places: &{places:?} }};\n"))
}

/// Puts the keys of a bucket into their slots, if with this seed each has a free one of its own.
fn settle(keys: &[(usize, u64)], seed: u16, slots: &mut [Option<usize>]) -> bool {
    let wanted: Vec<usize> = keys.iter().map(|(_, hash)| hash::slot(*hash, seed, slots.len())).collect();
    let apart = wanted.iter().collect::<BTreeSet<_>>().len() == wanted.len();
    let free = wanted.iter().all(|slot| slots.get(*slot) == Some(&None));
    if apart && free {
        for (slot, (place, _)) in wanted.iter().zip(keys) {
            if let Some(slot) = slots.get_mut(*slot) {
                *slot = Some(*place);
            }
        }
    }
    apart && free
}

/// A sorted list of texts, each with the place of its row, and the index to search it by.
fn keyed(name: &str, index_name: &str, keys: &[(&str, usize)]) -> Result<String> {
    let texts: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    Ok(format!("pub(super) static {name}: [(&str, u16); {}] = {keys:?};\n", keys.len()) + &index(index_name, &texts)?)
}

/// The first eight letters as a number; zeros after shorter ones.
fn head(key: &str) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(key.bytes()).for_each(|(to, letter)| *to = letter);
    u64::from_be_bytes(head)
}

/// A name without spaces and marks: what names of posts are compared by.
fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The first `n` characters, as page lines and the archive cut names: spaces are counted, then dropped.
fn cut(display: &str, n: usize) -> String {
    bare(&display.chars().take(n).collect::<String>())
}

/// `POSTS`, and what they are found by: `POST_KEYS` (exact), `POST_NAMES` (for nearest, by length), `POST_OF_ROUTING_INDICATOR`.
fn posts(rows: &[Row], routing: &[Row]) -> Result<String> {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.text("canonical")).collect();
    let mut code = format!("pub(super) static POSTS: [PostRow; {}] = [\n", rows.len());
    let mut claims = Claims::default();
    let mut near = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        check_post(row, &names)?;
        code += &post_row(row)?;
        let (canonical, display) = (row.text("canonical"), row.text("display"));
        near.push((canonical, index, kinds(canonical.as_bytes())));
        claims.add(canonical, 0, index);
        for alias in row.list("aliases") {
            claims.add(alias, 1, index);
            // A misspelling must not widen the circle in which a name is looked for; another name is a centre of its own.
            if alias.len() >= 5 && slips(alias, canonical, 2).is_none() {
                near.push((alias, index, kinds(alias.as_bytes())));
            }
        }
        claims.add(&cut(display, 10), 2, index);
        claims.add(&cut(display, 6), 3, index);
    }
    code += "];\n";
    code += &keyed("POST_KEYS", "POST_INDEX", &claims.settle()?)?;
    near.sort_unstable_by_key(|(name, ..)| (name.len(), *name));
    put(&mut code, format_args!("pub(super) static POST_NAMES: [(&str, u16, u32); {}] = {near:?};\n", near.len()));
    code += &post_of_routing_indicator(rows, routing)?;
    Ok(code)
}

/// Whether a post's columns agree with each other and with the other posts.
fn check_post(row: &Row, names: &BTreeSet<&str>) -> Result<()> {
    let (canonical, display) = (row.filled("canonical")?, row.filled("display")?);
    if canonical != bare(display) {
        return Err(format!("{}: {canonical:?} is not {display:?} without blanks", row.at));
    }
    if row.text("archive_code") != cut(display, 6) {
        return Err(format!("{}: `archive_code` of {display:?} must be {:?}", row.at, cut(display, 6)));
    }
    let later = row.text("succeeded_by");
    if !later.is_empty() && !names.contains(later) {
        return Err(format!("{}: `succeeded_by` names no post: {later:?}", row.at));
    }
    match row.list("aliases").into_iter().find(|alias| *alias != bare(alias) || names.contains(alias)) {
        Some(alias) => Err(format!("{}: alias {alias:?} has marks in it or is a post itself", row.at)),
        None => Ok(()),
    }
}

fn post_row(row: &Row) -> Result<String> {
    let kind = match row.text("kind") {
        "embassy" => "Embassy",
        "consulate" => "Consulate",
        "mission" => "Mission",
        "delegation" => "Delegation",
        "interests section" => "InterestsSection",
        "liaison office" => "LiaisonOffice",
        "regional office" => "RegionalOffice",
        "institute" => "Institute",
        "department" => "Department",
        kind => return Err(format!("{}: no such kind of post: {kind:?}", row.at)),
    };
    Ok(format!(
        "PostRow {{ canonical: {:?}, display: {:?}, kind: PostKind::{kind}, city: {}, country: {}, \
         routing_indicators: &{:?}, aliases: &{:?}, archive_code: {:?}, succeeded_by: {}, source: {:?} }},\n",
        row.text("canonical"),
        row.text("display"),
        row.option("city"),
        row.option("country"),
        row.list("routing_indicators"),
        row.list("aliases"),
        row.text("archive_code"),
        row.option("succeeded_by"),
        row.text("source"),
    ))
}

/// Which posts a name may stand for, each claim with its strength; 0 is the strongest.
#[derive(Default)]
struct Claims(BTreeMap<String, BTreeSet<(u8, usize)>>);

impl Claims {
    fn add(&mut self, name: &str, strength: u8, post: usize) {
        self.0.entry(name.to_owned()).or_default().insert((strength, post));
    }

    /// The post with the strongest claim on each name; a cut name that several posts share stands for none.
    fn settle(&self) -> Result<Vec<(&str, usize)>> {
        let mut keys = Vec::new();
        for (key, claims) in &self.0 {
            let strongest = claims.first().map(|(strength, _)| *strength);
            let posts: BTreeSet<usize> =
                claims.iter().filter(|(strength, _)| Some(*strength) == strongest).map(|(_, post)| *post).collect();
            if let (Some(post), 1) = (posts.first(), posts.len()) {
                keys.push((key.as_str(), *post));
            } else if strongest < Some(2) {
                return Err(format!("data/posts.tsv: the alias {key:?} stands at several posts"));
            }
        }
        Ok(keys)
    }
}

/// Which post a routing indicator stands for. Where several posts list it, the one that was addressed by it most often.
fn post_of_routing_indicator(posts: &[Row], routing: &[Row]) -> Result<String> {
    let mut owners: BTreeMap<&str, Vec<(u32, usize)>> = BTreeMap::new();
    for (index, row) in posts.iter().enumerate() {
        for indicator in row.list("routing_indicators") {
            owners.entry(indicator).or_default().push((0, index));
        }
    }
    for row in routing {
        let (plad, uses) = (bare(row.text("plad")), row.number("uses")?);
        let Some(owners) = owners.get_mut(row.text("routing_indicator")) else { continue };
        let named = |post: usize| {
            let canonical = posts.get(post).map_or("", |row| row.text("canonical"));
            if plad.ends_with(canonical) { canonical.len() } else { 0 }
        };
        // `AIT TAIPEI` ends in `TAIPEI` too: the longer name is meant.
        let longest = owners.iter().map(|(_, post)| named(*post)).max().unwrap_or(0);
        for owner in owners.iter_mut().filter(|(_, post)| longest > 0 && named(*post) == longest) {
            owner.0 += uses;
        }
    }
    let mut keys = Vec::new();
    for (indicator, mut posts) in owners {
        posts.sort_by(|a, b| b.cmp(a));
        let clear = match posts.as_slice() {
            [_] => true,
            [first, second, ..] => first.0 > second.0,
            [] => false,
        };
        if let (true, Some((_, post))) = (clear, posts.first()) {
            keys.push((indicator, *post));
        }
    }
    keyed("POST_OF_ROUTING_INDICATOR", "ROUTING_INDICATOR_INDEX", &keys)
}

fn routing(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static ROUTING: [RoutingRow; {}] = [\n", rows.len());
    for row in rows {
        put(
            &mut code,
            format_args!(
                "RoutingRow {{ routing_indicator: {:?}, plad: {:?}, uses: {}, source: {:?} }},\n",
                row.filled("routing_indicator")?,
                row.filled("plad")?,
                row.number("uses")?,
                row.text("source"),
            ),
        );
    }
    let keys: Vec<&str> = rows.iter().map(|row| row.text("routing_indicator")).collect();
    Ok(code + "];\n" + &index("ROUTING_INDEX", &keys)?)
}

/// The tables of a few lines.
fn small_tables<'a>(rows: &dyn Fn(&str) -> &'a [Row]) -> Result<String> {
    let mut code = captions(rows("captions"))?;
    let iso: Vec<(&str, &str, &str)> =
        rows("iso_codes").iter().map(|row| (row.text("alpha_3"), row.text("alpha_2"), row.text("tag"))).collect();
    put(&mut code, format_args!("pub(super) static ISO_CODES: [(&str, &str, &str); {}] = {iso:?};\n", iso.len()));
    let signals = rows("operating_signals");
    put(&mut code, format_args!("pub(super) static SIGNALS: [SignalRow; {}] = [\n", signals.len()));
    for row in signals {
        let (signal, meaning, source) = (row.filled("signal")?, row.option("meaning"), row.text("source"));
        put(&mut code, format_args!("SignalRow {{ signal: {signal:?}, meaning: {meaning}, source: {source:?} }},\n"));
    }
    code += "];\n";
    code += &index("SIGNAL_INDEX", &signals.iter().map(|row| row.text("signal")).collect::<Vec<_>>())?;
    code += &precedences(rows("precedences"))?;
    code += &reasons(rows("reasons"))?;
    code += &orders(rows("orders"))?;
    code += &exemptions(rows("exemptions"))?;
    Ok(code + &abbreviations(rows("abbreviations"))?)
}

fn orders(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static ORDERS: [OrderRow; {}] = [\n", rows.len());
    for row in rows {
        let (number, title) = (row.number("number")?, row.filled("title")?);
        let (first, last, source) = (row.day("first_day")?, row.day("last_day")?, row.text("source"));
        put(
            &mut code,
            format_args!(
                "OrderRow {{ number: {number}, title: {title:?}, first_day: {first}, last_day: {last}, source: {source:?} }},\n"
            ),
        );
    }
    Ok(code + "];\n")
}

fn exemptions(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static EXEMPTIONS: [ExemptionRow; {}] = [\n", rows.len());
    for row in rows {
        let (exemption, order, section) = (row.filled("code")?, row.number("order")?, row.filled("section")?);
        let (meaning, source) = (row.filled("meaning")?, row.text("source"));
        put(
            &mut code,
            format_args!(
                "ExemptionRow {{ code: {exemption:?}, order: {order}, section: {section:?}, meaning: {meaning:?}, \
                 source: {source:?} }},\n"
            ),
        );
    }
    let bare: Vec<String> = rows.iter().map(|row| bare(row.text("code"))).collect();
    let mut keys: Vec<(&str, usize)> = bare.iter().enumerate().map(|(place, key)| (key.as_str(), place)).collect();
    keys.sort_unstable();
    Ok(code + "];\n" + &keyed("EXEMPTION_KEYS", "EXEMPTION_INDEX", &keys)?)
}

fn abbreviations(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static ABBREVIATIONS: [AbbreviationRow; {}] = [\n", rows.len());
    for row in rows {
        let (abbreviation, meaning, source) = (row.filled("abbreviation")?, row.filled("meaning")?, row.text("source"));
        put(
            &mut code,
            format_args!(
                "AbbreviationRow {{ abbreviation: {abbreviation:?}, meaning: {meaning:?}, source: {source:?} }},\n"
            ),
        );
    }
    let keys: Vec<&str> = rows.iter().map(|row| row.text("abbreviation")).collect();
    Ok(code + "];\n" + &index("ABBREVIATION_INDEX", &keys)?)
}

/// `PRECEDENCES`, and what they are found by: the word, its two words in either order, the letter, the prosign. Of
/// several with the same letter the slowest is meant.
fn precedences(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static PRECEDENCES: [PrecedenceRow; {}] = [\n", rows.len());
    let mut keys: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let (word, prosign, letter, rank) =
            (row.filled("word")?, row.filled("prosign")?, letter(row)?, row.number("rank")?);
        put(
            &mut code,
            format_args!(
                "PrecedenceRow {{ word: {word:?}, letter: {letter:?}, prosign: {prosign:?}, rank: {rank}, source: {:?} }},\n",
                row.text("source"),
            ),
        );
        let turned =
            word.split_once(' ').filter(|_| word.contains("NIACT")).map(|(first, second)| format!("{second} {first}"));
        for key in [word.to_owned(), prosign.to_owned(), letter.to_string()].into_iter().chain(turned) {
            let slowest = keys.entry(key).or_insert((rank, place));
            *slowest = (*slowest).min((rank, place));
        }
    }
    let keys: Vec<(&str, usize)> = keys.iter().map(|(key, (_, place))| (key.as_str(), *place)).collect();
    Ok(code + "];\n" + &keyed("PRECEDENCE_KEYS", "PRECEDENCE_INDEX", &keys)?)
}

fn reasons(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static REASONS: [ReasonRow; {}] = [\n", rows.len());
    for row in rows {
        put(
            &mut code,
            format_args!(
                "ReasonRow {{ letter: {:?}, section: {:?}, first_year: {}, last_year: {}, meaning: {:?}, source: {:?} }},\n",
                letter(row)?,
                row.filled("section")?,
                row.year("first_year")?,
                row.year("last_year")?,
                row.filled("meaning")?,
                row.text("source"),
            ),
        );
    }
    Ok(code + "];\n")
}

fn captions(rows: &[Row]) -> Result<String> {
    let mut code = format!("pub(super) static CAPTIONS: [CaptionRow; {}] = [\n", rows.len());
    for row in rows {
        let kind = match row.text("kind") {
            "distribution" => "Distribution",
            "channel" => "Channel",
            "handling" => "Handling",
            "control" => "Control",
            "programme" => "Programme",
            "series" => "Series",
            kind => return Err(format!("{}: no such kind of caption: {kind:?}", row.at)),
        };
        put(
            &mut code,
            format_args!(
                "CaptionRow {{ caption: {:?}, kind: CaptionKind::{kind}, meaning: {}, takes_value: {}, source: {:?} }},\n",
                row.filled("caption")?,
                row.option("meaning"),
                row.text("takes_value") == "yes",
                row.text("source"),
            ),
        );
    }
    let bare: Vec<String> = rows.iter().map(|row| bare(row.text("caption"))).collect();
    let mut keys: Vec<(&str, usize)> = bare.iter().enumerate().map(|(place, key)| (key.as_str(), place)).collect();
    keys.sort_unstable();
    code += "];\n";
    code += &keyed("CAPTION_KEYS", "CAPTION_INDEX", &keys)?;
    // By their first eight letters a line is told that begins with none of them.
    let heads: Vec<u64> = keys.iter().map(|(key, _)| head(key)).collect();
    put(&mut code, format_args!("pub(super) static CAPTION_HEADS: [u64; {}] = {heads:?};\n", heads.len()));
    let open: Vec<usize> =
        (0..).zip(rows).filter(|(_, row)| row.text("takes_value") == "yes").map(|(n, _)| n).collect();
    put(&mut code, format_args!("pub(super) static CAPTIONS_WITH_VALUE: [u16; {}] = {open:?};\n", open.len()));
    Ok(code)
}

fn letter(row: &Row) -> Result<char> {
    let text = row.filled("letter")?;
    text.parse().map_err(|_| format!("{}: `letter` is not one letter: {text:?}", row.at))
}

fn put(code: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = code.write_fmt(text);
}

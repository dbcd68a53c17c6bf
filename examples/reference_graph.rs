//! Who refers to whom: the references of an archive as a graph, in GraphML or DOT.

#[allow(dead_code, reason = "each program needs a part of it")]
mod documents;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use cablegram::{Cable, Mrn, Parser, Reference};
use clap::Parser as _;
use documents::console::{Console, count, grouped, report};
use documents::output::{self, Output};
use documents::{Found, Lost, ReadAs, Reading, VERSION, or_standard_input};
use page::escaped;

/// Writes which cable refers to which, as a graph.
///
/// Reads what cable2json reads, and what it has written. A node is a cable, by its message reference number: one of the archive, with post, date,
/// classification and subject, or one that is only cited, with what its number gives. An edge goes from a cable to what
/// it cites; its weight is how often. Reported on standard error: documents that are not cables, cables without a
/// number, cables that are there twice (the first one counts), cables that cite themselves (no edge), references that
/// are given twice.
#[derive(clap::Parser)]
#[command(
    name = "reference_graph",
    version = VERSION,
    after_help = "\
EXAMPLES
  reference_graph cables > graph.graphml            for networkx, Gephi, yEd
  reference_graph --dot cables | dot -Tsvg > graph.svg
  reference_graph --present cables.csv              only among the cables that are there

NODES
  id, present, year, post, number, date, classification, subject

EXIT CODE
  0  all documents were read
  1  some were refused; the graph is of the others
  2  wrong use, or a file could not be read (the graph is of the others) or written"
)]
struct Options {
    /// Files and folders; `-`, or no path, is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write DOT, for Graphviz, in place of GraphML.
    #[arg(long)]
    dot: bool,
    /// Leave out what is only cited.
    #[arg(long)]
    present: bool,
    /// Write to FILE in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    read_as: ReadAs,
    /// Write every message, however many there are of one kind.
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("reference_graph: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Writes the graph; gives the exit code.
fn run(options: &Options) -> anyhow::Result<u8> {
    let paths = or_standard_input::<Options>(&options.paths);
    let own = &["<?xmlversion=\"1.0\"encoding=\"UTF-8\"?><graphml", "digraphreferences{"];
    let left_out = output::check(options.output.as_deref(), &paths, own)?;
    let mut out = Output::new(options.output.as_deref())?;
    let reading = Reading { left_out: left_out.into_iter().chain(out.part()).collect(), ..options.read_as.reading() };
    let mut graph = Graph::new(Console::new("reference_graph", options.verbose, &reading, &paths));
    let mut code = 0;
    for found in reading.cables(paths) {
        match found.and_then(|found| graph.add_found(&found)) {
            Ok(()) => {}
            Err(lost) => {
                code = code.max(if matches!(lost, Lost::Unreadable(..)) { 2 } else { 1 });
                graph.console.lost(&lost);
            }
        }
        graph.show();
    }
    if options.present {
        graph.keep_present();
    }
    graph.finish();
    out.write(if options.dot { graph.dot() } else { graph.graphml() }.as_bytes())?;
    out.finish()?;
    Ok(code)
}

/// A cable of the graph. What is not known is not there.
#[derive(Clone, Default)]
struct Node {
    present: bool,
    year: Option<String>,
    post: Option<String>,
    number: Option<String>,
    date: Option<String>,
    classification: Option<String>,
    subject: Option<String>,
}

impl Node {
    /// What a reference tells of the cable or airgram that it names.
    fn cited(reference: &Reference<'_>) -> Self {
        Self {
            year: reference.year.map(|year| year.to_string()),
            post: reference.post.as_deref().map(str::to_owned),
            number: reference.number.map(|number| number.to_string()),
            ..Self::default()
        }
    }

    fn of(cable: &Cable<'_>) -> Self {
        let mrn = cable.mrn.as_ref();
        let day = cable.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.date_naive().to_string());
        Self {
            present: true,
            year: mrn.and_then(|mrn| mrn.year).map(|year| year.to_string()),
            post: mrn.map(|mrn| mrn.post.to_string()),
            number: mrn.map(|mrn| mrn.number.to_string()),
            date: day,
            classification: cable
                .classification
                .as_ref()
                .map(|classification| classification.level.as_str().to_owned()),
            subject: cable.subject.as_deref().map(str::to_owned),
        }
    }

    /// All that is known, by name.
    fn known(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("present", Some(if self.present { "true" } else { "false" })),
            ("year", self.year.as_deref()),
            ("post", self.post.as_deref()),
            ("number", self.number.as_deref()),
            ("date", self.date.as_deref()),
            ("classification", self.classification.as_deref()),
            ("subject", self.subject.as_deref()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }
}

/// Cables by their numbers, and how often one cites another.
struct Graph {
    console: Console,
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String), usize>,
    without_number: usize,
    twice: usize,
    cite_themselves: usize,
    cited_twice: usize,
}

impl Graph {
    fn new(console: Console) -> Self {
        Self {
            console,
            nodes: BTreeMap::new(),
            edges: BTreeMap::new(),
            without_number: 0,
            twice: 0,
            cite_themselves: 0,
            cited_twice: 0,
        }
    }

    fn add_found(&mut self, found: &Found) -> Result<(), Lost> {
        match found {
            Found::Text(opened) => {
                let refused = |error: cablegram::ParseError| Lost::Refused(opened.place.to_string(), error.to_string());
                let parsed = Parser::new().parse_decoded(&opened.text, opened.name.as_deref()).map_err(refused)?;
                self.add(&parsed.cable, &opened.place.to_string());
            }
            Found::Parsed(document, place) => self.add(&document.cable, place),
        }
        Ok(())
    }

    fn show(&mut self) {
        let nodes = self.nodes.len() as u64;
        self.console.progress(|| count(nodes, "cable"));
    }

    fn add(&mut self, cable: &Cable<'_>, place: &str) {
        let Some(id) = cable.mrn.as_ref().and_then(Mrn::id) else {
            self.console.message("without a number", &format!("{place}: left out: nothing tells its number"));
            self.without_number += 1;
            return;
        };
        if self.nodes.get(&id).is_some_and(|node| node.present) {
            self.console.message("there already", &format!("{place}: left out: {id} is there already"));
            self.twice += 1;
            return;
        }
        self.nodes.insert(id.clone(), Node::of(cable));
        let mut cited = BTreeSet::new();
        for reference in &cable.references {
            let Some(to) = reference.id() else { continue };
            if to == id {
                self.console.message("cites itself", &format!("{place}: {id} cites itself: {}", reference.text));
                self.cite_themselves += 1;
                continue;
            }
            if !cited.insert(to.clone()) {
                self.console.message("cites one twice", &format!("{place}: {id} cites {to} twice"));
                self.cited_twice += 1;
            }
            self.nodes.entry(to.clone()).or_insert_with(|| Node::cited(reference));
            *self.edges.entry((id.clone(), to)).or_default() += 1;
        }
    }

    fn keep_present(&mut self) {
        self.nodes.retain(|_, node| node.present);
        self.edges.retain(|(_, to), _| self.nodes.contains_key(to));
    }

    /// The sums, on standard error.
    fn finish(&mut self) {
        self.console.finish();
        let present = self.nodes.values().filter(|node| node.present).count();
        let number = |number: usize| grouped(number as u64);
        report(&format!(
            "reference_graph: {}, {} only cited, {}; left out: {} without a number, {} there twice, {}; {} given twice",
            count(present as u64, "cable"),
            number(self.nodes.len() - present),
            count(self.edges.len() as u64, "edge"),
            number(self.without_number),
            number(self.twice),
            count(self.cite_themselves as u64, "self-reference"),
            count(self.cited_twice as u64, "reference"),
        ));
    }

    fn graphml(&self) -> String {
        const KEYS: [(&str, &str); 7] = [
            ("present", "boolean"),
            ("year", "int"),
            ("post", "string"),
            ("number", "string"),
            ("date", "string"),
            ("classification", "string"),
            ("subject", "string"),
        ];
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
            .to_owned();
        // Writing to a string cannot fail.
        for (key, kind) in KEYS {
            let _ = writeln!(out, "<key id=\"{key}\" for=\"node\" attr.name=\"{key}\" attr.type=\"{kind}\"/>");
        }
        out.push_str("<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n");
        out.push_str("<graph id=\"references\" edgedefault=\"directed\">\n");
        for (id, node) in &self.nodes {
            let _ = write!(out, "<node id=\"{}\">", escaped(id));
            for (key, value) in node.known() {
                let _ = write!(out, "<data key=\"{key}\">{}</data>", escaped(value));
            }
            out.push_str("</node>\n");
        }
        for ((from, to), weight) in &self.edges {
            let (from, to) = (escaped(from), escaped(to));
            let _ =
                writeln!(out, "<edge source=\"{from}\" target=\"{to}\"><data key=\"weight\">{weight}</data></edge>");
        }
        out + "</graph>\n</graphml>\n"
    }

    /// What is only cited is dashed.
    fn dot(&self) -> String {
        let mut out = "digraph references {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n".to_owned();
        for (id, node) in &self.nodes {
            let label =
                [Some(id.as_str()), node.date.as_deref(), node.classification.as_deref(), node.subject.as_deref()];
            let label: Vec<&str> = label.into_iter().flatten().collect();
            let style = if node.present { "solid" } else { "dashed" };
            let _ = write!(out, "  {} [label={}, style={style}", quoted(id), quoted(&label.join("\n")));
            for (key, value) in node.known() {
                let _ = write!(out, ", {key}={}", quoted(value));
            }
            out.push_str("];\n");
        }
        for ((from, to), weight) in &self.edges {
            let _ = writeln!(out, "  {} -> {} [weight={weight}];", quoted(from), quoted(to));
        }
        out + "}\n"
    }
}

/// A string of DOT: `\` and `"` escaped, line ends as `\n`.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(texts: &[&str]) -> Graph {
        let mut graph = Graph::new(Console::new("reference_graph", false, &Reading::default(), &[]));
        for text in texts {
            graph.add(&cablegram::parse(text).unwrap().cable, "a.txt");
        }
        graph
    }

    const FIRST: &str = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nE.O. 12958: N/A\n\
        TAGS: SENV, NO\nSUBJECT: FISH & \"GULLS\" <script>\nREF: A. OSLO 460 B. OSLO 461 C. STATE 52001 D. STATE 52001\n\n1. Cod.\n";

    #[test]
    fn cables_cite_cables() {
        let second = FIRST.replace("000461", "000460");
        let graph = graph(&[FIRST, &second, FIRST]);
        let edges: Vec<_> = graph.edges.iter().map(|((a, b), n)| (a.as_str(), b.as_str(), *n)).collect();
        let wanted = [
            ("09OSLO460", "09OSLO461", 1),
            ("09OSLO460", "09STATE52001", 2),
            ("09OSLO461", "09OSLO460", 1),
            ("09OSLO461", "09STATE52001", 2),
        ];
        assert_eq!(edges, wanted);
        assert_eq!((graph.twice, graph.cite_themselves, graph.cited_twice), (1, 2, 2));
        let present: Vec<_> = graph.nodes.iter().map(|(id, node)| (id.as_str(), node.present)).collect();
        assert_eq!(present, [("09OSLO460", true), ("09OSLO461", true), ("09STATE52001", false)]);
        let cited = &graph.nodes["09STATE52001"];
        assert_eq!((cited.year.as_deref(), cited.post.as_deref()), (Some("2009"), Some("STATE")));
    }

    #[test]
    fn texts_are_escaped() {
        let mut graph = graph(&[FIRST]);
        assert!(graph.graphml().contains("FISH &amp; &quot;GULLS&quot; &lt;script&gt;"), "{}", graph.graphml());
        assert!(graph.dot().contains("subject=\"FISH & \\\"GULLS\\\" <script>\""), "{}", graph.dot());
        graph.keep_present();
        assert_eq!((graph.nodes.len(), graph.edges.len()), (1, 0));
    }
}

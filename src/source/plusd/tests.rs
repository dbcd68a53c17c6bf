use super::*;

const PAGE: &str = include_str!("../../../examples/pages/1976VALLET02719_b.html");

fn read(page: &str) -> (String, Option<String>, bool) {
    let content = open(page.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
    (content.text.text.into_owned(), content.name, content.text.truncated)
}

/// The page as a browser saves it: its script has moved the tabs together, and the panes below them.
fn saved() -> String {
    let (before, rest) = PAGE.split_once("<div class=\"pane-tab\">").unwrap();
    let (panes, after) = rest.split_once("</div>\n\n<!--").unwrap();
    let (mut tabs, mut contents) = (String::new(), String::new());
    for pane in panes.split("<div class=\"pane-tab\">") {
        let (tab, content) = pane.split_once("</div>").unwrap();
        tabs += &tab.replace("pane-header", "pane-header nottop");
        tabs += "</div>\n";
        contents += content.trim_end().strip_suffix("</div>").unwrap();
    }
    format!(
        "{before}</div>\n<div id=\"pane-root\"><div id=\"pane-tabs\">{tabs}</div><div id=\"pane-contents\">{contents}</div></div><!--{after}"
    )
}

#[test]
fn a_page_is_a_record_and_its_table() {
    let content = open(PAGE.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
    let text = content.text.text;
    let (message, attributes) = text.split_once("\nMessage Attributes\n\n").unwrap();
    assert!(message.starts_with("\n\nLIMITED OFFICIAL USE\n\nPAGE 01") && message.contains("\"THREE,\""), "{message}");
    assert!(message.ends_with("***   LIMITED OFFICIAL USE\n"), "{message}");
    for line in [
        "Document Number: 1976VALLET02719\n",
        "Document Unique ID: 00\n",
        "Channel Indicators: n/a\n",
        "Review History: RELEASED <09 AUG 2004 by keeper>; APPROVED <10 AUG 2004 by keeper>; APPROVED <11 AUG 2004 by lampkeeper0>\n",
        "Review Markings: US Department of State\n\tEO Systematic Review\n\t04 MAY 2006\n",
        "Subject: A LIGHTHOUSE & ITS KEEPER'S CATS\n",
        "TAGS: ETRN, MT, (FARRUGIA, CARMEN)\n",
        "To: STATE\n\tROME\n",
        "Markings: Declassified/Released US Department of State EO Systematic Review 04 MAY 2006\n",
    ] {
        assert!(attributes.contains(line), "{line} is not in {attributes}");
    }
    assert_eq!(content.name.as_deref(), Some("1976VALLET02719"));
    let metadata: Vec<_> = content.metadata.unwrap().into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    let wanted = [
        "archive_status=Electronic Telegrams",
        "canonical_id=1976VALLET02719_b",
        "character_count=812",
        "concepts=CATS | LIGHTHOUSES",
        "current_classification=UNCLASSIFIED",
        "date=1976 June 3, 09:15 (Thursday)",
        "executive_order=GS",
        "from=Malta Valletta",
        "locator=TEXT ONLINE",
        "markings=Declassified/Released US Department of State EO Systematic Review 04 MAY 2006",
        "office_action=ACTION EUR - Bureau of European and Eurasian Affairs",
        "original_classification=LIMITED OFFICIAL USE",
        "raw_source=2476/0.pdf",
        "subject=A LIGHTHOUSE & ITS KEEPER'S CATS",
        "tags=FARRUGIA, CARMEN | MT - Malta | ETRN - Economic Affairs--Transportation",
        "to=Department of State | Italy Rome",
        "type=TE",
    ];
    assert_eq!(metadata, wanted);
}

#[test]
fn saved_copies_and_parts_of_a_page() {
    let whole = read(PAGE);
    assert_eq!(read(&saved()), whole, "as a browser saves it");
    let from = |words: &str| PAGE.get(PAGE.find(words).unwrap()..).unwrap();
    let between = |first: &str, last: &str| from(first).split_once(last).unwrap().0;

    let raw = between(
        "<div class=\"pane-tab\"><div class=\"pane-header\">Raw content",
        "<div class=\"pane-tab\"><div class=\"pane-header\">Metadata",
    );
    let message = whole.0.split_once("\nMessage Attributes").unwrap().0;
    assert_eq!(read(raw), (message.to_owned(), None, false), "the pane alone");
    assert_eq!(
        read(raw.split_once("<div class=\"pane-content\">").unwrap().1),
        (message.to_owned(), None, false),
        "without its tab"
    );

    let panes = from("<div class=\"pane-tab\"><div class=\"pane-header\">Raw content");
    assert_eq!(
        read(panes).0.replace("Office: ACTION EUR\n", ""),
        whole.0.replace("Office: ACTION EUR\n", ""),
        "without the table"
    );

    let content = between("<table id=\"synopsis\">", "<div class=\"pane-tab\"><div class=\"pane-header\">Raw content");
    let (text, name, _) = read(content);
    assert!(text.contains("REF: STATE -118206\n\n\n1. THE KEEPER") && !text.contains("Show"), "{text}");
    for line in [
        "Draft Date: 03 JUN 1976\n",
        "TAGS: (FARRUGIA, CARMEN), MT, ETRN\n",
        "Office: ACTION EUR\n",
        "Executive Order: GS\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert_eq!(name.as_deref(), Some("1976VALLET02719"));
}

#[test]
fn a_page_that_breaks_off() {
    let until = |words: &str| PAGE.get(..PAGE.rfind(words).unwrap() + words.len() / 2).unwrap();
    let (text, _, truncated) = read(until("FISH IS SPENT UNTIL OCTOBER.\n"));
    assert!(
        truncated
            && text.contains("FISH IS SPENT \n\nMessage Attributes")
            && text.contains("Draft Date: 03 JUN 1976\n"),
        "{text}"
    );
    let (text, _, truncated) = read(until("Draft Date: 03 JUN 1976"));
    assert!(!truncated && text.contains("Copy: SINGLE\n") && text.contains("Draft Date: 03 JUN 1976\n"), "{text}");
    assert!(matches!(open(b"<div class='pane-header'>Raw content</div><p>Not found</p>"), Err(Fault::NoBlock)));
}

#[test]
fn pages_of_other_collections_have_no_attributes() {
    let page = PAGE.replace("1976VALLET02719", "06VALLETTA1187").replace("Document Number", "Number");
    let (text, name, _) = read(&page);
    assert!(!text.contains("Message Attributes"), "{text}");
    assert_eq!(name.as_deref(), Some("06VALLETTA1187"));
}

#[test]
fn values_of_the_metadata() {
    for (name, text, want) in [
        ("plain", "Copy: SINGLE\n", vec!["SINGLE"]),
        ("plain over two lines", "Copy: SINGLE\n  AND WHOLE\n", vec!["SINGLE AND WHOLE"]),
        ("nothing", "Copy:\n", vec![]),
        ("in quotes", "Copy: '00'\n", vec!["00"]),
        ("a quote in quotes", "Copy: 'KEEPER''S: CATS'\n", vec!["KEEPER'S: CATS"]),
        ("escapes", "Copy: \"A \\\"LIGHT\\\"\\nAND CATS\"\n", vec!["A \"LIGHT\"", "AND CATS"]),
        ("lines in quotes", "Copy: ! 'STATE\n\n  ROME'\n", vec!["STATE", "ROME"]),
        ("the quote closes at the margin", "Copy: ! 'n/a\n\n  STATE\n\n'\nType: TE\n", vec!["STATE"]),
        ("a key in quotes that do not close", "Copy: 'STATE\nType: TE\n", vec!["STATE"]),
        ("a list", "Copy:\n- STATE\n- 'ROME'\n", vec!["STATE, ROME"]),
        ("a block", "Copy: |\n  STATE\n  ROME\n", vec!["STATE", "ROME"]),
        ("a colon in a plain value", "Copy: STATE: ROME\n", vec!["STATE: ROME"]),
    ] {
        let entries = attributes::read(text);
        let lines = entries.first().map(|entry| entry.lines.clone());
        assert_eq!(lines, Some(want.into_iter().map(str::to_owned).collect()), "{name}");
        assert_eq!(entries.len(), text.matches("Type:").count() + 1, "{name}");
    }
}

#[test]
fn ids_of_collections() {
    for (id, want) in
        [("1973STATE097844_b", "1973STATE097844"), ("1976WARSAW05657_b2", "1976WARSAW05657"), ("OSLO_B", "OSLO_B")]
    {
        assert_eq!(attributes::without_collection(id), want);
    }
    assert!(attributes::is_archived("1973STATE097844_b") && !attributes::is_archived("09OSLO461_a"));
}

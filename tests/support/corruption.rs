//! The damages met in real cables, by name: the 27 groups of irregularities of the format's description.
//!
//! Each changes a clean telegram and, where the damage truly changes what stands in the text, what is wanted of it. All
//! other fields must come back.

use cablegram::DiagnosticCode;
use serde_json::json;

use super::bases::{addressee, cable_reference, distribution, mrn, reference, tags, with};
use super::rng::Rng;
use super::telegram::{Part, Shape, Telegram};

/// One damage.
#[derive(Clone, Debug)]
pub(crate) struct Corruption {
    pub(crate) group: u8,
    pub(crate) name: &'static str,
    /// The parts that it changes, and those without which it could not be told.
    pub(crate) touches: &'static [Part],
    /// Fields that it destroys, each with the codes of which one must be said.
    pub(crate) lost: Vec<(&'static str, &'static [DiagnosticCode])>,
    /// Codes of which one each must be said.
    pub(crate) says: Vec<&'static [DiagnosticCode]>,
    /// Does it; `None` where the telegram lacks what it would change.
    pub(crate) apply: Apply,
}

type Apply = fn(&mut Telegram, &mut Rng) -> Option<()>;

impl Corruption {
    const fn new(group: u8, name: &'static str, touches: &'static [Part], apply: Apply) -> Self {
        Self { group, name, touches, lost: Vec::new(), says: Vec::new(), apply }
    }

    fn lost(mut self, field: &'static str, codes: &'static [DiagnosticCode]) -> Self {
        self.lost.push((field, codes));
        self
    }

    fn says(mut self, codes: &'static [DiagnosticCode]) -> Self {
        self.says.push(codes);
        self
    }

    /// Whether both may be applied to one telegram.
    pub(crate) fn goes_with(&self, other: &Self) -> bool {
        !self.touches.iter().any(|part| other.touches.contains(part))
    }
}

/// What is said where the heading, or a line of it, is gone.
const HEADING_LOST: &[DiagnosticCode] = &[DiagnosticCode::HeadingIncomplete];

const FL1_TO_FL4: [Part; 4] = [Part::TransmissionId, Part::Routing, Part::Station, Part::Security];
const ADDRESS: [Part; 4] = [Part::From, Part::To, Part::Info, Part::Exempted];

/// Goes on only for telegrams of these shapes.
fn only(t: &Telegram, shapes: &[Shape]) -> Option<()> {
    shapes.contains(&t.shape).then_some(())
}

fn not(t: &Telegram, shapes: &[Shape]) -> Option<()> {
    (!shapes.contains(&t.shape)).then_some(())
}

/// Adds a line to the text of a paragraph.
fn add_line(t: &mut Telegram, n: u32, line: &str) -> Option<()> {
    let part = if t.has(Part::Rest(n)) { Part::Rest(n) } else { Part::Paragraph(n) };
    let paragraph = t.lines(part)?;
    let at = paragraph.iter().rposition(|l| !l.is_empty())? + 1;
    paragraph.insert(at, line.to_owned());
    t.want_text(n, |text| format!("{text}\n{line}"))
}

/// All of them, in the order of the groups.
pub(crate) fn all() -> Vec<Corruption> {
    let groups = [
        wrapper(),
        heading(),
        addressees(),
        class_line(),
        captions(),
        executive_order(),
        tag_lists(),
        subject(),
        references(),
        authority(),
        paragraph_numbers(),
        page_lines(),
        page_turns(),
        body_headings(),
        portion_marks(),
        tails(),
        characters(),
    ];
    groups.into_iter().flatten().collect()
}

/// Groups 1 and 2.
fn wrapper() -> Vec<Corruption> {
    use Part::{
        Captions, ClassLine, Dtg, Exempted, From, Info, Interlude, Lead, PassLines, Routing, Security, Station, To,
        TransmissionId,
    };
    const TOP: &[Part] = &[Lead, TransmissionId, Routing, Station, Security];
    const TO_DTG: &[Part] = &[Lead, TransmissionId, Routing, Station, Security, Dtg, Part::References];
    const HEADER: &[Part] = &[
        Lead,
        TransmissionId,
        Routing,
        Station,
        Security,
        Dtg,
        From,
        To,
        Info,
        Exempted,
        Interlude,
        ClassLine,
        Captions,
        PassLines,
        Part::References,
        Part::Tags,
        Part::Page(1),
        Part::Page(2),
        Part::Distribution,
    ];
    vec![
        Corruption::new(1, "FL1 to FL4 absent, starts at FL5", TOP, |t, _| without_fl1_to_fl4(t)),
        Corruption::new(1, "FL1 absent", &[TransmissionId], |t, _| {
            t.cut(TransmissionId)?;
            t.want_at("/transmission/id", json!(null))
        }),
        Corruption::new(1, "FL1 to FL5 absent, starts at FM", TO_DTG, |t, _| {
            only(t, &[Shape::Modern, Shape::Confidential, Shape::Press, Shape::Nineties])?;
            if t.has(TransmissionId) {
                without_fl1_to_fl4(t)?;
            }
            t.cut(Dtg)?;
            without_date(t)
        })
        .lost("dtg", HEADING_LOST)
        .lost("precedence", HEADING_LOST),
        Corruption::new(1, "blank lines before the first line", &[Lead], |t, _| {
            t.pieces.insert(0, super::telegram::Piece { part: Lead, lines: vec![String::new(), " ".into(), String::new()] });
            Some(())
        }),
        Corruption::new(1, "starts at the classification line", HEADER, |t, _| {
            only(t, &[Shape::Modern, Shape::Confidential, Shape::Press])?;
            t.pieces.retain(|p| !FL1_TO_FL4.contains(&p.part) && !ADDRESS.contains(&p.part) && p.part != Dtg);
            without_date(t)
        })
        .lost("transmission", HEADING_LOST)
        .lost("dtg", HEADING_LOST)
        .lost("precedence", HEADING_LOST)
        .lost("from", HEADING_LOST)
        .lost("to", HEADING_LOST)
        .lost("info", HEADING_LOST),
        Corruption::new(1, "the sentence of an extract in place of the heading", HEADER, |t, _| {
            only(t, &[Shape::Modern, Shape::Confidential, Shape::Press])?;
            t.pieces.retain(|p| !FL1_TO_FL4.contains(&p.part) && !ADDRESS.contains(&p.part) && p.part != Dtg);
            let wording = "This record is a partial extract of the original cable. The full text of the original cable is not available.";
            t.before(ClassLine, Lead, &[wording, ""])?;
            without_date(t)?;
            t.want("partial", json!(true));
            Some(())
        })
        .lost("transmission", &[DiagnosticCode::PartialExtract])
        .lost("dtg", &[DiagnosticCode::PartialExtract])
        .lost("precedence", &[DiagnosticCode::PartialExtract])
        .lost("from", &[DiagnosticCode::PartialExtract])
        .lost("to", &[DiagnosticCode::PartialExtract])
        .lost("info", &[DiagnosticCode::PartialExtract]),
        Corruption::new(2, "a blank line between FL2 and FL3", &[Routing, Station], |t, _| t.after(Routing, Routing, &[""])),
        Corruption::new(2, "a blank line after each format line", &[TransmissionId, Routing, Station, Security], |t, _| {
            for part in FL1_TO_FL4 {
                t.lines(part)?.push(String::new());
            }
            Some(())
        }),
        Corruption::new(2, "FL2 wrapped over several lines", &[Routing], |t, _| {
            let more = ["RUEHBS", "RUEHDBU", "RUEHFL", "RUEHKW", "RUEHLA", "RUEHNP", "RUEHROV", "RUEHSR", "RUEHAST"];
            for three in more.chunks(3) {
                t.lines(Routing)?.push(three.join(" "));
            }
            let list = t.wanted.get_mut("transmission")?.get_mut("routing_indicators")?.as_array_mut()?;
            list.extend(more.iter().map(|ri| json!(ri)));
            Some(())
        }),
    ]
}

fn without_fl1_to_fl4(t: &mut Telegram) -> Option<()> {
    for part in FL1_TO_FL4 {
        t.cut(part)?;
    }
    t.want("transmission", json!(null));
    Some(())
}

/// Without any date the year is unknown, and the years of references with it.
fn without_date(t: &mut Telegram) -> Option<()> {
    t.want_at("/mrn/id", json!(null))?;
    t.want_at("/mrn/year", json!(null))?;
    let references = t.wanted.get_mut("references")?.as_array_mut()?;
    for reference in references.iter_mut().filter(|r| r["year_assumed"] == json!(true)) {
        reference["id"] = json!(null);
        reference["year"] = json!(null);
        reference["year_assumed"] = json!(false);
    }
    Some(())
}

/// Groups 3 to 5.
fn heading() -> Vec<Corruption> {
    use Part::{ClassLine, Dtg, From, Info, Lead, Page, Security, Station, Subject, Tags, To, TransmissionId};
    fn signal(t: &mut Telegram, trailing: &str, list: &serde_json::Value) -> Option<()> {
        t.line(Dtg)?.push_str(trailing);
        t.want_at("/dtg/operating_signals", list.clone())
    }
    fn security(t: &mut Telegram, trailing: &str, list: &serde_json::Value) -> Option<()> {
        t.line(Security)?.push_str(trailing);
        t.want_at("/transmission/security/operating_signals", list.clone())
    }
    vec![
        Corruption::new(3, "ZDK after the DTG", &[Dtg], |t, _| signal(t, " ZDK", &json!(["ZDK"]))),
        Corruption::new(3, "ZDS after the DTG", &[Dtg], |t, _| signal(t, " ZDS", &json!(["ZDS"]))),
        Corruption::new(3, "ZFF4 after the DTG", &[Dtg], |t, _| signal(t, " ZFF4", &json!(["ZFF4"]))),
        Corruption::new(3, "ZFF4 glued to the DTG", &[Dtg], |t, _| signal(t, "ZFF4", &json!(["ZFF4"]))),
        Corruption::new(3, "ZDK CTG NUMEROUS REQUESTS after the DTG", &[Dtg], |t, _| {
            signal(t, " ZDK CTG NUMEROUS REQUESTS", &json!(["ZDK", "CTG", "NUMEROUS", "REQUESTS"]))
        }),
        Corruption::new(3, "a blank before the Z of the DTG", &[Dtg], |t, _| {
            let clean = t.wanted("dtg")["text"].as_str()?.to_owned();
            t.swap(Dtg, "Z ", " Z ")?;
            t.want_at("/dtg/text", json!("?"))?;
            clean.contains("Z ").then_some(())
        }),
        Corruption::new(3, "ZUI RUEW 1074 1581702 after ZZH", &[Security], |t, _| {
            security(t, " ZUI RUEWMCE 1074 1581702", &json!(["ZZH", "ZUI", "RUEWMCE", "1074", "1581702"]))
        }),
        Corruption::new(3, "(CCY AD3230EB MSI1033-695) after ZZH", &[Security], |t, _| {
            security(t, " (CCY AD3230EB MSI1033-695)", &json!(["ZZH", "(CCY AD3230EB MSI1033-695)"]))
        }),
        Corruption::new(3, "(TAO) after ZZH", &[Security], |t, _| security(t, " (TAO)", &json!(["ZZH", "(TAO)"]))),
        Corruption::new(3, "a DTG that no calendar has", &[Dtg, Tags, Part::References], |t, _| {
            let clean = t.wanted("dtg")["text"].as_str()?.to_owned();
            let rest = clean.get(2..)?;
            t.swap(Dtg, &clean, &format!("32{rest}"))?;
            t.want_at("/dtg/text", json!(format!("32{rest}")))?;
            // The year and the month still stand there: the message's number and the references are as before.
            t.want_at("/dtg/utc", json!(null))
        })
        .says(&[DiagnosticCode::DtgImpossible]),
        Corruption::new(4, "FL3 /01, no SECTION on the classification line", &[Station, ClassLine], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Station, "#2941", "#2941/01")?;
            t.want_at("/transmission/section", json!("01"))?;
            t.want("section", json!({"number": 1, "of": null}));
            Some(())
        }),
        Corruption::new(
            4,
            "a number of six digits, FL3 keeps its last four",
            &[Station, ClassLine, Part::References],
            |t, _| {
                only(t, &[Shape::Confidential])?;
                t.swap(ClassLine, "012941", "112941")?;
                t.want("mrn", mrn("09ANKARA112941", 2009, "ANKARA", 112_941)).want("references", json!("*"));
                Some(())
            },
        ),
        Corruption::new(
            4,
            "the station serial is another's",
            &[Station, ClassLine, Page(1), Page(2), Page(3)],
            |t, _| {
                let clean = t.wanted("transmission")["serial"].as_str()?.to_owned();
                t.swap(Station, &clean, "7777")?;
                t.want_at("/transmission/serial", json!("7777"))
            },
        )
        .says(&[DiagnosticCode::SerialDisagrees]),
        Corruption::new(4, "FL3 absent", &[Station, ClassLine], |t, _| {
            t.cut(Station)?;
            t.want_at("/transmission/station", json!(null))?;
            t.want_at("/transmission/serial", json!(null))?;
            t.want_at("/transmission/section", json!(null))?;
            t.want_at("/transmission/filing_time", json!(null))?;
            t.want_at("/transmission/filed", json!(null))
        }),
        Corruption::new(4, "the filing time is no day of the year", &[Station], |t, _| {
            t.swap(Station, " 1361042", " 4361042").or_else(|| t.swap(Station, " 3420300", " 4420300"))?;
            t.want_at("/transmission/filing_time", json!("*"))?;
            t.want_at("/transmission/filed", json!(null))
        })
        .says(&[DiagnosticCode::FilingTimeImpossible]),
        Corruption::new(5, "a print cover sheet before the heading", &[Lead, TransmissionId], |t, _| {
            not(t, &[Shape::Nineties, Shape::Archive])?;
            t.before(
                TransmissionId,
                Lead,
                &[
                    "UNCLASSIFIED  TELEGRAM   JUNE 02, 2009",
                    "",
                    "To: No Action Addressee",
                    "",
                    "From: AMEMBASSY OSLO",
                    "Action: POL",
                    "TAGS: MASS, XX",
                    "Subject: A LIST OF COVER SHEETS",
                    "Ref: None",
                    "",
                    "S E C R E T OSLO 00999",
                    "",
                    "null",
                    ">",
                    "",
                    "SIPDIS",
                    "CXOSLO:",
                    "    ACTION: POL",
                    "    INFO:   DCM AMB",
                    "",
                    "DISSEMINATION: POL",
                    "CHARGE: PROG",
                    "",
                ],
            )
        })
        .says(&[DiagnosticCode::HeadingRepeated]),
        Corruption::new(5, "the word null between the heading's lines", &[From, Info], |t, _| {
            t.after(From, From, &["null"])?;
            t.after(Info, Info, &["null"])
        }),
        Corruption::new(5, "lines of > between the heading's lines", &[To, Info], |t, _| {
            t.after(To, To, &[">"])?;
            t.after(Info, Info, &[">", ">"])
        }),
        Corruption::new(
            5,
            "the header printed twice",
            &[Lead, TransmissionId, Dtg, From, To, Info, Station, Security, Part::Routing],
            |t, _| {
                not(t, &[Shape::Nineties, Shape::Archive])?;
                let copy: Vec<_> = t.pieces.iter().take_while(|p| p.part != ClassLine).cloned().collect();
                let at = t.pieces.iter().position(|p| p.part == ClassLine)?;
                t.pieces.splice(at..at, copy);
                t.has(Subject).then_some(())
            },
        )
        .says(&[DiagnosticCode::HeadingRepeated]),
    ]
}

/// Groups 6 to 9.
fn addressees() -> Vec<Corruption> {
    use Part::{ClassLine, Distribution, Dtg, Exempted, From, Info, Interlude, Page, To};
    /// Adds an addressee at the end of INFO, where it stands as `line`.
    fn info(t: &mut Telegram, line: &str, wanted: serde_json::Value) -> Option<()> {
        not(t, &[Shape::Archive])?;
        t.lines(Info)?.push(line.to_owned());
        t.wanted.get_mut("info")?.as_array_mut()?.push(wanted);
        Some(())
    }
    vec![
        Corruption::new(6, "a page stamp inside the address", &[To, Page(2)], |t, _| {
            let (post, number) = (t.wanted("mrn")["post"].as_str()?.to_owned(), t.wanted("mrn")["number"].as_u64()?);
            let post: String = post.chars().take(6).collect();
            let line = t.line(To)?;
            let name = line.strip_prefix("TO ")?.to_owned();
            *line = format!("TO PAGE 02        {post}   {number:06}  182333Z");
            t.lines(To)?.insert(1, name);
            Some(())
        }),
        Corruption::new(6, "a PAGE line between two addressees", &[Info, Page(2)], |t, _| {
            let (post, number) = (t.wanted("mrn")["post"].as_str()?.to_owned(), t.wanted("mrn")["number"].as_u64()?);
            let post: String = post.chars().take(6).collect();
            t.lines(Info)?.insert(1, format!("PAGE 02        {post}  {number:05}  182333Z"));
            Some(())
        }),
        Corruption::new(7, "a block of bureaus before FL5", &[Dtg, Distribution, Part::Lead], |t, _| {
            only(t, &[Shape::Nineties])?;
            t.before(
                Dtg,
                Distribution,
                &[
                    "ACTION ARA-10",
                    "",
                    "INFO  OCT-01  ISO-00  AGR-20  EB-11  USIE-00  SCI-06  /048W",
                    "                  ------------------2D9F42  201412Z /38",
                ],
            )?;
            t.want("distribution", distribution()).want("format", json!("?"));
            Some(())
        }),
        Corruption::new(7, "a block of bureaus under Distribution:", &[Dtg, Distribution, From, Part::Lead], |t, _| {
            only(t, &[Shape::Nineties])?;
            let block =
                ["Distribution:", "ACTION ARA-10", "INFO  OCT-01  ISO-00  AGR-20  EB-11  USIE-00  SCI-06  /048W", ""];
            t.before(Dtg, Distribution, &block)?;
            t.want("distribution", distribution()).want("format", json!("?"));
            Some(())
        }),
        Corruption::new(7, "TED1302 above the block of bureaus", &[Dtg, Distribution, Part::Lead], |t, _| {
            only(t, &[Shape::Nineties])?;
            let block =
                ["TED1302", "ACTION ARA-10", "", "INFO  OCT-01  ISO-00  AGR-20  EB-11  USIE-00  SCI-06  /048W", ""];
            t.before(Dtg, Distribution, &block)?;
            t.want("distribution", distribution()).want("format", json!("?"));
            Some(())
        }),
        Corruption::new(7, "PTQ1859 between the block of bureaus and FL5", &[Dtg, Distribution], |t, _| {
            only(t, &[Shape::Archive])?;
            t.after(Distribution, Distribution, &["PTQ1859"])
        }),
        Corruption::new(7, "an empty line after every line of the block", &[Distribution], |t, _| {
            only(t, &[Shape::Archive])?;
            let lines = [
                "ACTION ARA-10",
                "",
                "INFO  OCT-01  ISO-00  AGR-20  EB-11",
                "",
                "      USIE-00  SCI-06  /048 W",
                "                       ---------------------     071936",
            ];
            t.set(Distribution, &lines)
        }),
        Corruption::new(7, "the sum of the block on a line of its own", &[Distribution], |t, _| {
            only(t, &[Shape::Archive])?;
            t.swap(Distribution, "  /048 W", "")?;
            t.lines(Distribution)?.insert(3, "      /048 W".to_owned());
            Some(())
        }),
        Corruption::new(7, "a false sum under the block", &[Distribution], |t, _| {
            only(t, &[Shape::Archive])?;
            t.swap(Distribution, "/048 W", "/050 W")?;
            t.want_at("/distribution/total", json!(50))
        })
        .says(&[DiagnosticCode::DistributionSum]),
        Corruption::new(8, "office symbols after an addressee", &[Info], |t, _| {
            info(
                t,
                "RUEKJCS/JOINT STAFF WASHINGTON DC//CINC/POLAD//",
                addressee(Some("RUEKJCS"), "JOINT STAFF WASHINGTON DC//CINC/POLAD//", None, None, None),
            )
        }),
        Corruption::new(8, "a range of serials", &[Info], |t, _| {
            info(
                t,
                "RUEHNY/AMEMBASSY OSLO PRIORITY 7721-7722",
                addressee(Some("RUEHNY"), "AMEMBASSY OSLO", Some("OSLO"), Some("PRIORITY"), Some("7721-7722")),
            )
        }),
        Corruption::new(8, "a month between LA PAZ and its serial", &[Info], |t, _| {
            let month = t.wanted("dtg")["text"].as_str()?.get(8..11)?.to_owned();
            info(
                t,
                &format!("RUEHLP/AMEMBASSY LA PAZ {month} 5253"),
                addressee(Some("RUEHLP"), "AMEMBASSY LA PAZ", Some("LAPAZ"), None, Some("5253")),
            )
        })
        .says(&[DiagnosticCode::AddresseeRepaired]),
        Corruption::new(8, "a month between LA PAZ and its precedence", &[Info], |t, _| {
            info(
                t,
                "RUEHLP/AMEMBASSY LA PAZ DEC PRIORITY 5253",
                addressee(Some("RUEHLP"), "AMEMBASSY LA PAZ", Some("LAPAZ"), Some("PRIORITY"), Some("5253")),
            )
        })
        .says(&[DiagnosticCode::AddresseeRepaired]),
        Corruption::new(8, "an addressee without routing indicator among others", &[Info], |t, _| {
            info(
                t,
                "AMEMBASSY REYKJAVIK PRIORITY",
                addressee(None, "AMEMBASSY REYKJAVIK", Some("REYKJAVIK"), Some("PRIORITY"), None),
            )
        }),
        Corruption::new(8, "all routing indicators gone", &[To, Info], |t, _| {
            only(t, &[Shape::Modern, Shape::Confidential, Shape::Press])?;
            for part in [To, Info] {
                for line in t.lines(part)? {
                    let keyword = if line.starts_with("TO ") {
                        "TO "
                    } else if line.starts_with("INFO ") {
                        "INFO "
                    } else {
                        ""
                    };
                    let (_, name) = line.split_once('/')?;
                    *line = format!("{keyword}{name}");
                }
            }
            for field in ["to", "info"] {
                for a in t.wanted.get_mut(field)?.as_array_mut()? {
                    a["routing_indicator"] = json!(null);
                }
            }
            Some(())
        }),
        Corruption::new(8, "ZEN/ before an addressee", &[Info], |t, _| {
            info(t, "ZEN/AMCONSUL HALIFAX", addressee(Some("ZEN"), "AMCONSUL HALIFAX", Some("HALIFAX"), None, None))
        }),
        Corruption::new(8, "a collective", &[Info], |t, _| {
            info(
                t,
                "RUCNMEM/EU MEMBER STATES COLLECTIVE",
                addressee(Some("RUCNMEM"), "EU MEMBER STATES COLLECTIVE", None, None, None),
            )
        }),
        Corruption::new(8, "NIACT IMMEDIATE and IMMEDIATE NIACT", &[Info], |t, _| {
            info(
                t,
                "RUEHRB/AMEMBASSY RABAT NIACT IMMEDIATE 0204",
                addressee(Some("RUEHRB"), "AMEMBASSY RABAT", Some("RABAT"), Some("NIACT IMMEDIATE"), Some("0204")),
            )?;
            info(
                t,
                "RUEHBO/AMEMBASSY BOGOTA IMMEDIATE NIACT 0300",
                addressee(Some("RUEHBO"), "AMEMBASSY BOGOTA", Some("BOGOTA"), Some("NIACT IMMEDIATE"), Some("0300")),
            )
        }),
        Corruption::new(8, "XMT with several posts", &[Exempted, Info], |t, _| {
            not(t, &[Shape::Archive])?;
            t.after(Info, Exempted, &["XMT AMEMBASSY DAKAR", "AMEMBASSY TUNIS", "AMCONSUL OPORTO"])?;
            let post = |name: &str, post: &str| addressee(None, name, Some(post), None, None);
            t.want(
                "exempted",
                json!([
                    post("AMEMBASSY DAKAR", "DAKAR"),
                    post("AMEMBASSY TUNIS", "TUNIS"),
                    post("AMCONSUL OPORTO", "OPORTO")
                ]),
            );
            Some(())
        }),
        Corruption::new(8, "STATE GRNC after the last INFO line", &[Interlude, Info], |t, _| {
            not(t, &[Shape::Archive])?;
            t.after(Info, Interlude, &["STATE GRNC"])
        }),
        Corruption::new(8, "BT after the address", &[Interlude], |t, _| {
            not(t, &[Shape::Archive])?;
            t.before(ClassLine, Interlude, &["BT"])
        }),
        Corruption::new(8, "two blanks before the precedence", &[To], |t, _| t.swap(To, " PRIORITY", "  PRIORITY")),
        Corruption::new(8, "two blanks after AMEMBASSY", &[Info], |t, _| t.swap(Info, "AMEMBASSY ", "AMEMBASSY  ")),
        Corruption::new(8, "AMEMBISSY, misspelt", &[Info], |t, _| {
            t.swap(Info, "AMEMBASSY ", "AMEMBISSY ")?;
            let list = t.wanted.get_mut("info")?.as_array_mut()?;
            let first = list.iter_mut().find(|a| a["name"].as_str().is_some_and(|n| n.starts_with("AMEMBASSY ")))?;
            first["name"] = json!(first["name"].as_str()?.replace("AMEMBASSY", "AMEMBISSY"));
            Some(())
        }),
        Corruption::new(9, "a weekday and date above the classification line", &[Interlude], |t, _| {
            t.before(ClassLine, Interlude, &["Tuesday, 20 October 2009, 06:17"])
        }),
        Corruption::new(9, "an editor's note above the classification line", &[Interlude], |t, _| {
            t.before(ClassLine, Interlude, &["NOTE - DO NOT PUBLISH - AWAITING LEGAL ADVICE", ""])
        }),
    ]
}

/// Groups 10 and 11.
fn class_line() -> Vec<Corruption> {
    use Part::{ClassLine, From, Info, Page, Security, Station};
    const REPAIRED: &[DiagnosticCode] = &[DiagnosticCode::ClassLineRepaired];
    /// Another spelling of CONFIDENTIAL.
    fn level(t: &mut Telegram, written: &str) -> Option<()> {
        t.swap(ClassLine, "C O N F I D E N T I A L", written)?;
        t.want_at("/classification/text", json!(written))
    }
    /// The telegram becomes a SECRET one, whose level is written so.
    fn secret(t: &mut Telegram, written: &str) -> Option<()> {
        level(t, written)?;
        t.want_at("/classification/level", json!("SECRET"))?;
        if t.has(Security) {
            t.swap(Security, "CCCCC", "SSSSS")?;
            t.want_at("/transmission/security/indicator", json!("SSSSS"))?;
            t.want_at("/transmission/security/level", json!("SECRET"))?;
        }
        t.pieces.iter_mut().filter(|p| matches!(p.part, Page(_))).flat_map(|p| &mut p.lines).for_each(|l| {
            *l = l.replace("CONFIDENTIAL", "SECRET");
        });
        Some(())
    }
    const TOUCHES: &[Part] = &[ClassLine, Security, Page(2)];
    vec![
        Corruption::new(10, "SS E C R E T", TOUCHES, |t, _| secret(t, "SS E C R E T")).says(REPAIRED),
        Corruption::new(10, "E C R E T", TOUCHES, |t, _| secret(t, "E C R E T")).says(REPAIRED),
        Corruption::new(10, "CSE C R E T", TOUCHES, |t, _| secret(t, "CSE C R E T")).says(REPAIRED),
        Corruption::new(10, "S E C R E T", TOUCHES, |t, _| secret(t, "S E C R E T")),
        Corruption::new(10, "CC O N F I D E N T I A L", TOUCHES, |t, _| level(t, "CC O N F I D E N T I A L"))
            .says(REPAIRED),
        Corruption::new(10, "O N F I D E N T I A L", TOUCHES, |t, _| level(t, "O N F I D E N T I A L")).says(REPAIRED),
        Corruption::new(10, "C ONFIDENTIAL", TOUCHES, |t, _| level(t, "C ONFIDENTIAL")),
        Corruption::new(10, "C O N F I D E N T I A L with two blanks in it", TOUCHES, |t, _| {
            level(t, "C O N F I D E N  T I A L")?;
            t.want_at("/classification/text", json!("*"))
        }),
        Corruption::new(10, "unspaced CONFIDENTIAL", TOUCHES, |t, _| level(t, "CONFIDENTIAL")),
        Corruption::new(10, "CONFIDENTIAL SECTION 01 of 02", TOUCHES, |t, _| {
            t.swap(ClassLine, " OF ", " of ")?;
            level(t, "CONFIDENTIAL")
        }),
        Corruption::new(10, "S e c r e t section 01 of 02 and the post in small letters", TOUCHES, |t, _| {
            secret(t, "S e c r e t")?;
            let line = t.line(ClassLine)?;
            let rest = line.strip_prefix("S e c r e t")?.to_lowercase();
            *line = format!("S e c r e t{rest}");
            Some(())
        }),
        Corruption::new(10, "UNCLS", TOUCHES, |t, _| {
            t.swap(ClassLine, "UNCLAS", "UNCLS")?;
            t.want_at("/classification/text", json!("UNCLS"))
        })
        .says(REPAIRED),
        Corruption::new(10, "LIMITED OFFFICIAL USE", TOUCHES, |t, _| {
            only(t, &[Shape::Archive])?;
            t.swap(ClassLine, "UNCLAS", "LIMITED OFFFICIAL USE")?;
            t.swap_all("UNCLASSIFIED", "LIMITED OFFICIAL USE");
            t.want(
                "classification",
                json!({"level": "LIMITED OFFICIAL USE", "text": "LIMITED OFFFICIAL USE", "sensitive": "?"}),
            );
            Some(())
        })
        .says(REPAIRED),
        Corruption::new(
            10,
            "the classification line has no level",
            &[ClassLine, Security, Page(2), Page(1), Page(3), Station],
            |t, _| {
                only(t, &[Shape::Confidential])?;
                t.swap(ClassLine, "C O N F I D E N T I A L ", "")
            },
        )
        .lost("classification", &[DiagnosticCode::ClassLineMissing]),
        Corruption::new(
            11,
            "a post of several words",
            &[ClassLine, From, Info, Page(1), Page(2), Page(3), Part::References],
            |t, _| {
                only(t, &[Shape::Modern])?;
                for part in [ClassLine, From] {
                    t.swap(part, "LUSAKA", "RIO DE JANEIRO")?;
                }
                for n in 1..=3 {
                    t.swap(Page(n), "LUSAKA", "RIO DE JAN")?;
                }
                t.want("mrn", mrn("08RIODEJANEIRO1204", 2008, "RIODEJANEIRO", 1204));
                t.want("from", json!({"name": "AMEMBASSY RIO DE JANEIRO", "post": "RIODEJANEIRO"}));
                Some(())
            },
        ),
        Corruption::new(11, "the number without its zeros", &[ClassLine], |t, _| t.swap(ClassLine, " 00", " ")),
        Corruption::new(11, "NOFORN after the number", &[ClassLine, Part::Captions], |t, _| {
            t.line(ClassLine)?.push_str(" NOFORN");
            t.wanted.get_mut("captions")?.as_array_mut()?.insert(0, json!("NOFORN"));
            Some(())
        }),
        Corruption::new(11, "//NOFORN after the level", TOUCHES, |t, _| {
            secret(t, "S E C R E T//NOFORN")?;
            t.want_at("/classification/text", json!("*"))?;
            t.wanted.get_mut("captions")?.as_array_mut()?.insert(0, json!("NOFORN"));
            Some(())
        }),
        Corruption::new(11, "the section after the number", &[ClassLine], |t, _| {
            only(t, &[Shape::Modern, Shape::Nineties])?;
            let line = t.line(ClassLine)?;
            let (level, rest) = line.split_once(" SECTION ")?;
            let (number, of, post) = (rest.get(..2)?, rest.get(6..8)?, rest.get(9..)?);
            *line = format!("{level} {post} SECTION {number} OF {of}");
            Some(())
        }),
        Corruption::new(11, "/2 after the number", &[ClassLine], |t, _| {
            only(t, &[Shape::Nineties])?;
            t.line(ClassLine)?.push_str("/1");
            Some(())
        }),
        Corruption::new(
            11,
            "the classification line names another cable",
            &[ClassLine, Station, Page(1), Page(2), Page(3), From, Part::References],
            |t, _| {
                only(t, &[Shape::Modern, Shape::Press])?;
                let line = t.line(ClassLine)?;
                let (front, _) = line.rsplit_once(' ')?;
                *line = format!("{front} 000004");
                Some(())
            },
        )
        .says(&[DiagnosticCode::MrnDisagrees]),
        Corruption::new(
            11,
            "the classification line without post and number",
            &[ClassLine, Station, Page(1), Page(2), Page(3), From],
            |t, _| {
                only(t, &[Shape::Modern, Shape::Archive])?;
                t.set(ClassLine, &["UNCLAS"])?;
                t.want("section", json!("?"));
                Some(())
            },
        )
        .says(&[DiagnosticCode::MrnAssumed]),
        Corruption::new(
            11,
            "no classification line",
            &[ClassLine, Station, Security, Page(1), Page(2), Page(3), From],
            |t, _| {
                only(t, &[Shape::Modern])?;
                t.cut(ClassLine)?;
                t.want("section", json!("?"));
                Some(())
            },
        )
        .lost("classification", &[DiagnosticCode::ClassLineMissing])
        .says(&[DiagnosticCode::MrnAssumed]),
    ]
}

/// Groups 12 and 13.
fn captions() -> Vec<Corruption> {
    use Part::{Captions, ClassLine, ExecutiveOrder, PassLines, References};
    fn passing(t: &mut Telegram, lines: &[&str], wanted: &[&str]) -> Option<()> {
        t.before(ExecutiveOrder, PassLines, &[lines, &[""]].concat())?;
        let list = t.wanted.get_mut("pass_lines")?.as_array_mut()?;
        list.extend(wanted.iter().map(|l| json!(l)));
        Some(())
    }
    vec![
        Corruption::new(12, "SIPDIS twice", &[Captions], |t, _| {
            t.last(Captions)?.contains("SIPDIS").then_some(())?;
            t.after(Captions, Captions, &["SIPDIS"])
        }),
        Corruption::new(12, "SIPDIS again after the references", &[Captions, References], |t, _| {
            t.last(Captions)?.contains("SIPDIS").then_some(())?;
            t.after(References, Captions, &["SIPDIS", ""])
        }),
        Corruption::new(12, "two captions on a line", &[Captions], |t, _| {
            only(t, &[Shape::Modern])?;
            t.set(Captions, &["SENSITIVE SIPDIS"])
        }),
        Corruption::new(12, "captions parted by a comma", &[Captions], |t, _| {
            only(t, &[Shape::Modern])?;
            t.set(Captions, &["SENSITIVE, SIPDIS"])
        }),
        Corruption::new(12, "a caption padded with slashes", &[Captions, ClassLine], |t, _| {
            t.after(ClassLine, Captions, &["STADIS////////////////////////"])?;
            t.wanted.get_mut("captions")?.as_array_mut()?.insert(0, json!("STADIS"));
            Some(())
        }),
        Corruption::new(12, "C O R R E C T E D  C O P Y  CAPTION between captions", &[Captions], |t, _| {
            only(t, &[Shape::Modern])?;
            t.set(Captions, &["SENSITIVE", "C O R R E C T E D  C O P Y  CAPTION", "SIPDIS"])?;
            t.want("corrected_copy", json!("CAPTION"));
            Some(())
        }),
        Corruption::new(12, "C O R R E C T E D  C O P Y with its reason", &[Captions, ClassLine], |t, _| {
            t.after(ClassLine, Captions, &["", "C O R R E C T E D  C O P Y  (PARAGRAPH 3 LAST LINE)", ""])?;
            t.want("corrected_copy", json!("(PARAGRAPH 3 LAST LINE)"));
            Some(())
        }),
        Corruption::new(12, "sensitive only by way of a sentence", &[Captions, ClassLine, References], |t, _| {
            only(t, &[Shape::Modern])?;
            t.set(Captions, &["SIPDIS"])?;
            t.after(References, Captions, &["Sensitive but unclassified, not for Internet distribution.", ""])?;
            t.want("captions", json!("?")).want("body", json!("?"));
            // Only a caption, or a word on the classification line, makes it so.
            t.want_at("/classification/sensitive", json!(false))
        }),
        Corruption::new(13, "fifteen passing lines", &[PassLines], |t, _| {
            let lines = [
                "DEPT FOR EUR/WE",
                "STATE PASS TO USTR",
                "LONDON FOR KOLKER, PARIS FOR FENDRICK",
                "NSC FOR HALVORSEN",
                "TREASURY FOR OASIA",
                "DEPT FOR OES/OA",
                "STATE PASS TO FEDERAL RESERVE",
                "USDOC FOR 4212/ITA",
                "ENERGY FOR P. IMBRIE",
                "STATE PASS USAID FOR AFR/SA",
                "PARIS FOR USOECD",
                "GENEVA FOR USTR",
                "BRUSSELS FOR USEU",
                "ROME FOR FODAG",
                "DEPT PASS TO EPA FOR OIA",
            ];
            passing(t, &lines, &lines)
        }),
        Corruption::new(13, "a passing line that wraps", &[PassLines], |t, _| {
            passing(
                t,
                &["STATE PASS TO USTR FOR THE OFFICE OF ENVIRONMENT AND", "NATURAL RESOURCES"],
                &["STATE PASS TO USTR FOR THE OFFICE OF ENVIRONMENT AND NATURAL RESOURCES"],
            )
        }),
        Corruption::new(13, "passing lines before the captions", &[PassLines, Captions, ClassLine], |t, _| {
            only(t, &[Shape::Modern, Shape::Press])?;
            t.cut(PassLines)?;
            let lines: Vec<String> =
                t.wanted("pass_lines").as_array()?.iter().filter_map(|l| Some(l.as_str()?.to_owned())).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            t.after(ClassLine, PassLines, &[&[""], lines.as_slice()].concat())
        }),
        Corruption::new(13, "PASS WHITE HOUSE and PASS AGRICULTURE ELECTRONICALLY", &[PassLines], |t, _| {
            let lines = ["PASS WHITE HOUSE", "PASS AGRICULTURE ELECTRONICALLY"];
            passing(t, &lines, &lines)
        }),
    ]
}

/// Groups 14 and 15.
fn executive_order() -> Vec<Corruption> {
    use Part::{ExecutiveOrder, Subject, Tags};
    /// Another E.O. line.
    fn line(t: &mut Telegram, line: &str, text: &str, declassification: &serde_json::Value) -> Option<()> {
        only(t, &[Shape::Confidential, Shape::Press])?;
        t.set(ExecutiveOrder, &[line])?;
        t.want("executive_order", json!({"number": 12958, "text": text, "declassification": declassification}));
        Some(())
    }
    fn date(text: &str) -> serde_json::Value {
        json!({"kind": "date", "date": text})
    }
    /// Another label before what stands there.
    fn label(t: &mut Telegram, label: &str) -> Option<()> {
        let number = t.wanted("executive_order")["number"].as_u64()?;
        let text = t.wanted("executive_order")["text"].as_str()?.to_owned();
        t.set(ExecutiveOrder, &[&format!("{} {text}", label.replace('#', &number.to_string()))])
    }
    const EO: &[Part] = &[ExecutiveOrder];
    vec![
        Corruption::new(14, "EO # DECL: without stops and colon", EO, |t, _| label(t, "EO #")),
        Corruption::new(14, "E.o.", EO, |t, _| label(t, "E.o. #:")),
        Corruption::new(14, "E. O. #:", EO, |t, _| label(t, "E. O. #:")),
        Corruption::new(14, "E.O.# glued", EO, |t, _| label(t, "E.O.#:")),
        Corruption::new(14, "E.OM #:", EO, |t, _| label(t, "E.OM #:")),
        Corruption::new(14, "E.O. #; with a semicolon", EO, |t, _| label(t, "E.O. #;")),
        Corruption::new(14, "no DECL label", EO, |t, _| {
            line(t, "E.O. 12958: 09/29/2019", "09/29/2019", &date("2019-09-29"))
        }),
        Corruption::new(14, "DECLl:", EO, |t, _| {
            line(t, "E.O. 12958: DECLl: 09/29/2019", "DECLl: 09/29/2019", &date("2019-09-29"))
        }),
        Corruption::new(14, "DECL with the year first", EO, |t, _| {
            line(t, "E.O. 12958: DECL: 2020/01/25", "DECL: 2020/01/25", &date("2020-01-25"))
        }),
        Corruption::new(14, "DECL 1/2/19", EO, |t, _| {
            line(t, "E.O. 12958: DECL: 1/2/19", "DECL: 1/2/19", &date("2019-01-02"))
        }),
        Corruption::new(14, "DECL 2019-01-02", EO, |t, _| {
            line(t, "E.O. 12958: DECL: 2019-01-02", "DECL: 2019-01-02", &date("2019-01-02"))
        }),
        Corruption::new(14, "DNG: CO", EO, |t, _| {
            line(
                t,
                "E.O. 12958: DNG: CO 10/18/2029",
                "DNG: CO 10/18/2029",
                &json!({"kind": "downgrade", "level": "*", "date": "2029-10-18"}),
            )
        }),
        Corruption::new(14, "an event", EO, |t, _| {
            line(
                t,
                "E.O. 12958: DECL: AFTER KOREAN UNIFICATION",
                "DECL: AFTER KOREAN UNIFICATION",
                &json!({"kind": "event", "text": "*"}),
            )
        }),
        Corruption::new(14, "MR", EO, |t, _| {
            line(t, "E.O. 12958: DECL: MR", "DECL: MR", &json!({"kind": "manual_review"}))
        }),
        Corruption::new(14, "OADR", EO, |t, _| {
            line(t, "E.O. 12958: DECL: OADR", "DECL: OADR", &json!({"kind": "originating_agency"}))
        }),
        Corruption::new(14, "25X1-HUMAN", EO, |t, _| {
            line(t, "E.O. 12958: DECL: 25X1-HUMAN", "DECL: 25X1-HUMAN", &json!({"kind": "exempt"}))
        }),
        Corruption::new(14, "AS AMENDED; DECLASSIFIED JUNE 21, 2006", EO, |t, _| {
            let text = "AS AMENDED; DECLASSIFIED JUNE 21, 2006";
            line(t, &format!("E.O. 12958: {text}"), text, &date("2006-06-21"))
        }),
        Corruption::new(14, "DECL: DECLASSIFIED BY NARA 09/02/2009", EO, |t, _| {
            let text = "DECL: DECLASSIFIED BY NARA 09/02/2009";
            line(t, &format!("E.O. 12958: {text}"), text, &date("2009-09-02"))
        }),
        Corruption::new(14, "GDS 8/12/85 (NAME, INITIALS) OR-P", EO, |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(ExecutiveOrder, &["E.O. 12065: GDS 8/12/85 (BRAMBLEY, I. J.) OR-P"])?;
            let declassification = json!({"kind": "schedule", "date": "1985-08-12"});
            t.want("executive_order", json!({"number": 12065, "text": "GDS 8/12/85 (BRAMBLEY, I. J.) OR-P", "declassification": declassification}));
            Some(())
        }),
        Corruption::new(14, "the number typed wrong, 12598", EO, |t, _| {
            only(t, &[Shape::Modern, Shape::Confidential, Shape::Press])?;
            t.swap(ExecutiveOrder, "12958", "12598")
        })
        .says(&[DiagnosticCode::ExecutiveOrderRepaired]),
        Corruption::new(14, "the number typed wrong, 16652", EO, |t, _| {
            only(t, &[Shape::Archive])?;
            t.swap(ExecutiveOrder, "11652", "16652")
        })
        .says(&[DiagnosticCode::ExecutiveOrderRepaired]),
        Corruption::new(14, "TAGS on the line of the E.O.", &[ExecutiveOrder, Tags], |t, _| {
            let tags = t.line(Tags)?.clone();
            t.cut(Tags)?;
            t.line(ExecutiveOrder)?.extend([" ", &tags]);
            Some(())
        }),
        Corruption::new(14, "TAGS and SUBJECT on the line of the E.O.", &[ExecutiveOrder, Tags, Subject], |t, _| {
            only(t, &[Shape::Confidential, Shape::Archive, Shape::Press])?;
            let (tags, subject) = (t.line(Tags)?.clone(), t.line(Subject)?.clone());
            t.cut(Tags)?;
            t.cut(Subject)?;
            t.line(ExecutiveOrder)?.extend([" ", &tags, " ", &subject]);
            Some(())
        }),
        Corruption::new(14, "no E.O. line", EO, |t, _| {
            t.cut(ExecutiveOrder)?;
            t.want("executive_order", json!(null));
            Some(())
        }),
        Corruption::new(15, "rows of dashes before the E.O. line", EO, |t, _| {
            let row = "-".repeat(50);
            t.before(ExecutiveOrder, ExecutiveOrder, &[&row, "", &row])
        }),
        Corruption::new(
            15,
            "an archive's note between rows of dashes before the E.O. line",
            &[ExecutiveOrder, Part::PassLines],
            |t, _| {
                let row = "-".repeat(50);
                let note = "NOTE BY THE ARCHIVE: THIS MESSAGE WAS SENT TWICE";
                t.before(ExecutiveOrder, ExecutiveOrder, &[&row, note, &row])?;
                t.want("pass_lines", t.wanted("pass_lines"));
                Some(())
            },
        ),
    ]
}

/// Group 16.
fn tag_lists() -> Vec<Corruption> {
    use Part::{Page, Subject, Tags};
    fn list(t: &mut Telegram, lines: &[&str], wanted: &[(&str, &str)]) -> Option<()> {
        t.set(Tags, lines)?;
        t.want("tags", tags(wanted));
        Some(())
    }
    const TAGS: &[Part] = &[Tags];
    const SPLIT: &[DiagnosticCode] = &[DiagnosticCode::TagsSplit];
    vec![
        Corruption::new(16, "TAGS without colon", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            t.swap(Tags, "TAGS: ", "TAGS ")
        }),
        Corruption::new(16, "TAG:", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            t.swap(Tags, "TAGS:", "TAG:")
        }),
        Corruption::new(16, "Tags: in small letters", TAGS, |t, _| {
            let line = t.line(Tags)?;
            *line = line.to_lowercase().replacen('t', "T", 1);
            Some(())
        }),
        Corruption::new(16, "TAGS-", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            t.swap(Tags, "TAGS: ", "TAGS-")
        }),
        Corruption::new(16, "blanks in place of commas", TAGS, |t, _| {
            let line = t.line(Tags)?;
            *line = line.replace(',', "");
            Some(())
        }),
        Corruption::new(16, "TAGS as web links", TAGS, |t, _| {
            list(
                t,
                &["TAGS: [PREL](http://example.org/tag/PREL_0.html) [SENV](http://example.org/tag/SENV_0.html) [TU](http://example.org/tag/TU_0.html)"],
                &[("PREL", "subject"), ("SENV", "subject"), ("TU", "geographic")],
            )
        }),
        Corruption::new(16, "blanks and commas mixed over two lines", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            list(
                t,
                &["TAGS: PREL SENV, SCUL KPAO,", "PGOV TU"],
                &[("PREL", "subject"), ("SENV", "subject"), ("SCUL", "subject"), ("KPAO", "program"), ("PGOV", "subject"), ("TU", "geographic")],
            )
        }),
        Corruption::new(16, "KDEMAF run together", TAGS, |t, _| {
            list(t, &["TAGS: PREL, KDEMAF"], &[("PREL", "subject"), ("KDEM", "program"), ("AF", "geographic")])
        })
        .says(SPLIT),
        Corruption::new(16, "PHUMPGOV run together", TAGS, |t, _| {
            list(t, &["TAGS: PHUMPGOV, TU"], &[("PHUM", "subject"), ("PGOV", "subject"), ("TU", "geographic")])
        })
        .says(SPLIT),
        Corruption::new(16, "ETRDECONWTOCS run together", TAGS, |t, _| {
            list(t, &["TAGS: ETRDECONWTOCS"], &[("ETRD", "subject"), ("ECON", "subject"), ("WTO", "organization"), ("CS", "geographic")])
        })
        .says(SPLIT),
        Corruption::new(16, "a person in brackets, with a comma", TAGS, |t, _| {
            list(t, &["TAGS: OVIP (TAMBERLANE, ROSALIND J.), PREL, TU"], &[("OVIP", "subject"), ("TAMBERLANE, ROSALIND J.", "person"), ("PREL", "subject"), ("TU", "geographic")])?;
            t.want_at("/tags/1/person", json!("?"))?;
            t.want_at("/tags/0", json!({"tag": "OVIP", "kind": "subject", "person": "TAMBERLANE, ROSALIND J."}))
        }),
        Corruption::new(16, "a person in brackets over two lines", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            list(t, &["TAGS: PREL, TU, OVIP (TAMBERLANE,", "ROSALIND J.)"], &[("PREL", "subject"), ("TU", "geographic"), ("OVIP", "subject"), ("TAMBERLANE, ROSALIND J.", "person")])?;
            t.want_at("/tags/3/person", json!("?"))?;
            t.want_at("/tags/2", json!({"tag": "OVIP", "kind": "subject", "person": "TAMBERLANE, ROSALIND J."}))
        }),
        Corruption::new(16, "a person without brackets", TAGS, |t, _| {
            list(t, &["TAGS: PREL, PINR, TAMBERLANE ROSALIND, TU"], &[])?;
            // However the name is given, the TAGS beside it come back.
            t.want(
                "tags",
                json!([{"tag": "PREL", "kind": "subject"}, {"tag": "PINR", "kind": "subject"}, "*", {"tag": "TU", "kind": "geographic"}]),
            );
            Some(())
        }),
        Corruption::new(16, "a page line inside the list", &[Tags, Page(1), Page(2)], |t, _| {
            only(t, &[Shape::Modern])?;
            t.swap(Tags, " SCUL,", " SCUL, LUSAKA 00001204 001.2 OF 003")
        }),
        Corruption::new(16, "a page line after the list", &[Tags, Page(1), Page(2)], |t, _| {
            only(t, &[Shape::Press])?;
            t.line(Tags)?.push_str(" TALLINN 00000214 001.2 OF 002");
            Some(())
        }),
        Corruption::new(16, "TAGS repeated", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            let line = t.line(Tags)?.clone();
            t.after(Tags, Tags, &[&line])
        })
        .says(&[DiagnosticCode::TagsRepeated]),
        Corruption::new(16, "a TAG that no table knows", TAGS, |t, _| {
            t.line(Tags)?.push_str(", QQXZ");
            t.wanted.get_mut("tags")?.as_array_mut()?.push(json!({"tag": "QQXZ", "kind": "unknown", "person": null}));
            Some(())
        })
        .says(&[DiagnosticCode::TagUnknown]),
        Corruption::new(16, "a misspelt TAG", TAGS, |t, _| {
            list(t, &["TAGS: PREL, KNPP, TU"], &[])?;
            t.want(
                "tags",
                json!([{"tag": "PREL", "kind": "subject"}, {"tag": "KNPP", "kind": "unknown"}, {"tag": "TU", "kind": "geographic"}]),
            );
            Some(())
        })
        .says(&[DiagnosticCode::TagMisspelt, DiagnosticCode::TagUnknown]),
        Corruption::new(16, "a comma and a full stop at the end of the list", TAGS, |t, _| {
            t.line(Tags)?.push_str(",.");
            Some(())
        }),
        Corruption::new(16, "colons between the TAGS", TAGS, |t, _| {
            not(t, &[Shape::Press])?;
            list(t, &["TAGS: PINT: PGOV: TU"], &[("PINT", "subject"), ("PGOV", "subject"), ("TU", "geographic")])
        }),
        Corruption::new(16, "no TAGS line", TAGS, |t, _| {
            t.cut(Tags)?;
            t.want("tags", json!([]));
            Some(())
        }),
        Corruption::new(16, "TAGS after the subject", &[Tags, Subject], |t, _| {
            let line = t.line(Tags)?.clone();
            t.cut(Tags)?;
            t.after(Subject, Tags, &[&line])
        }),
    ]
}

/// Group 17.
fn subject() -> Vec<Corruption> {
    use Part::{Authority, Page, Paragraph, References, Subject};
    const LONG: &str = "THE GREAT UMBRELLA QUESTION AND WHO IS TO HOLD IT OVER THE MINISTER";
    const SUBJECT: &[Part] = &[Subject];
    fn lines(t: &mut Telegram, lines: &[&str], mark: Option<&str>) -> Option<()> {
        t.set(Subject, lines)?;
        t.want("subject", json!(LONG)).want("subject_mark", json!(mark));
        Some(())
    }
    vec![
        Corruption::new(17, "wrapped without indent", SUBJECT, |t, _| {
            lines(t, &["SUBJECT: THE GREAT UMBRELLA QUESTION AND WHO IS TO", "HOLD IT OVER THE MINISTER"], None)
        }),
        Corruption::new(17, "wrapped with an indent", SUBJECT, |t, _| {
            lines(
                t,
                &["SUBJECT: THE GREAT UMBRELLA QUESTION AND WHO IS TO", "         HOLD IT OVER THE MINISTER"],
                None,
            )
        }),
        Corruption::new(17, "wrapped over three lines", SUBJECT, |t, _| {
            lines(t, &["SUBJECT: THE GREAT UMBRELLA QUESTION", "AND WHO IS TO HOLD IT", "OVER THE MINISTER"], None)
        }),
        Corruption::new(17, "the value on the line below the label", SUBJECT, |t, _| {
            lines(t, &["SUBJECT:", LONG], None)
        }),
        Corruption::new(17, "SUBJ:", SUBJECT, |t, _| lines(t, &[&format!("SUBJ: {LONG}")], None)),
        Corruption::new(17, "SUBJECT, in place of the colon", SUBJECT, |t, _| {
            lines(t, &[&format!("SUBJECT, {LONG}")], None)
        }),
        Corruption::new(17, "SUBJECT:; both", SUBJECT, |t, _| lines(t, &[&format!("SUBJECT:; {LONG}")], None)),
        Corruption::new(17, "a portion mark before it", SUBJECT, |t, _| {
            lines(t, &[&format!("SUBJECT: (C) {LONG}")], Some("C"))
        }),
        Corruption::new(17, "(LOU) before it", SUBJECT, |t, _| {
            lines(t, &[&format!("SUBJECT: (LOU) {LONG}")], Some("LOU"))
        }),
        Corruption::new(17, "a portion mark before the label", SUBJECT, |t, _| {
            lines(t, &[&format!("(C) SUBJECT: {LONG}")], Some("C"))
        }),
        Corruption::new(17, "a portion mark after it", SUBJECT, |t, _| {
            lines(t, &[&format!("SUBJECT: {LONG} (S/NF)")], Some("S/NF"))
        }),
        Corruption::new(17, "a page line in the middle of it", &[Subject, Page(1), Page(2)], |t, _| {
            only(t, &[Shape::Modern])?;
            lines(
                t,
                &[
                    "SUBJECT: THE GREAT UMBRELLA QUESTION LUSAKA 00001204 001.2 OF 003",
                    "AND WHO IS TO HOLD IT OVER THE MINISTER",
                ],
                None,
            )
        }),
        Corruption::new(
            17,
            "a page line on a line of its own in the middle of it",
            &[Subject, Page(1), Page(2)],
            |t, _| {
                only(t, &[Shape::Modern])?;
                lines(
                    t,
                    &[
                        "SUBJECT: THE GREAT UMBRELLA QUESTION AND WHO IS TO",
                        "",
                        "LUSAKA 00001204  001.2 OF 003",
                        "",
                        "",
                        "HOLD IT OVER THE MINISTER",
                    ],
                    None,
                )
            },
        ),
        Corruption::new(17, "a banner and a PAGE line in the middle of it", &[Subject, Page(2)], |t, _| {
            only(t, &[Shape::Nineties])?;
            lines(
                t,
                &[
                    "SUBJECT: THE GREAT UMBRELLA QUESTION AND WHO IS TO",
                    "CONFIDENTIAL",
                    "",
                    "PAGE 02        GABORO  04817  01 OF 02  201412Z",
                    "",
                    "HOLD IT OVER THE MINISTER",
                ],
                None,
            )
        }),
        Corruption::new(17, "REF on the subject's last line", &[Subject, References], |t, _| {
            only(t, &[Shape::Press, Shape::Confidential])?;
            let references: Vec<String> = t.lines(References)?.clone();
            t.cut(References)?;
            let first = format!("SUBJECT: {LONG} {}", references.first()?);
            let all: Vec<&str> =
                std::iter::once(first.as_str()).chain(references.iter().skip(1).map(String::as_str)).collect();
            lines(t, &all, None)
        }),
        Corruption::new(17, "Classified By on the subject's last line", &[Subject, References, Authority], |t, _| {
            only(t, &[Shape::Press, Shape::Confidential])?;
            let authority = t.line(Authority)?.clone();
            t.cut(Authority)?;
            t.cut(References)?;
            t.want("references", json!([]));
            lines(t, &[&format!("SUBJECT: {LONG} {authority}")], None)
        }),
        Corruption::new(17, "a second SUBJECT deep in the text", &[Paragraph(3)], |t, _| {
            let line = "SUBJECT: AN ENCLOSED LETTER ABOUT GEESE";
            add_line(t, 3, line)
        }),
        Corruption::new(17, "SUBJECT MATTER at the start of a line of prose", &[Paragraph(3)], |t, _| {
            not(t, &[Shape::Press])?;
            add_line(t, 3, "SUBJECT MATTER EXPERTS AGREE.")
        }),
        Corruption::new(17, "no SUBJECT", SUBJECT, |t, _| {
            t.cut(Subject)?;
            t.want("subject_mark", json!(null));
            Some(())
        })
        .lost("subject", &[DiagnosticCode::SubjectMissing]),
    ]
}

/// Group 18.
fn references() -> Vec<Corruption> {
    use Part::{Authority, Page, References};
    const REF: &[Part] = &[References];
    const LABEL: &[DiagnosticCode] = &[DiagnosticCode::ReferenceLabelRepaired];
    fn list(t: &mut Telegram, lines: &[&str], wanted: &[serde_json::Value]) -> Option<()> {
        only(t, &[Shape::Confidential])?;
        t.set(References, lines)?;
        t.want("references", json!(wanted));
        Some(())
    }
    fn paris(label: &str) -> serde_json::Value {
        cable_reference(label, 2009, true, "PARIS", 1568)
    }
    fn kyiv(label: &str) -> serde_json::Value {
        cable_reference(label, 2009, true, "KYIV", 2080)
    }
    vec![
        Corruption::new(18, "A. (A) doubled labels", REF, |t, _| {
            list(t, &["REF: A. (A) PARIS 1568", "B. (B) KYIV 2080"], &[paris("A"), kyiv("B")])
        })
        .says(LABEL),
        Corruption::new(18, "A. A) doubled labels", REF, |t, _| {
            list(t, &["REF: A. A) PARIS 1568", "     B. B) KYIV 02080"], &[paris("A"), kyiv("B")])
        })
        .says(LABEL),
        Corruption::new(18, "no labels", REF, |t, _| {
            list(t, &["REF: PARIS 1568", "KYIV 2080"], &[paris(""), kyiv("")])
        }),
        Corruption::new(18, "the first label missing", REF, |t, _| {
            list(t, &["REF: PARIS 1568", "     B. KYIV 2080"], &[paris(""), kyiv("B")])
        }),
        Corruption::new(18, "the same label twice", REF, |t, _| {
            list(t, &["REF: A. PARIS 1568", "     A. KYIV 2080"], &[paris("A"), kyiv("A")])
        })
        .says(LABEL),
        Corruption::new(18, "labels with a bracket", REF, |t, _| {
            list(t, &["REF: A) PARIS 1568", "     B) KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "labels in two brackets", REF, |t, _| {
            list(t, &["REF: (A) PARIS 1568 (B) KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "¶B. PARIS 1568", REF, |t, _| {
            list(t, &["REF: A. KYIV 2080", "¶B. PARIS 1568"], &[kyiv("A"), paris("B")])
        }),
        Corruption::new(18, "REFS:", REF, |t, _| {
            list(t, &["REFS: A. PARIS 1568", "      B. KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "REFTEL:", REF, |t, _| list(t, &["REFTEL: PARIS 1568"], &[paris("")])),
        Corruption::new(18, "REFERENCES:", REF, |t, _| {
            list(t, &["REFERENCES: A. PARIS 1568", "B. KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "REF (A):", REF, |t, _| {
            list(t, &["REF (A) PARIS 1568 (B) KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "parted by a colon", REF, |t, _| {
            list(t, &["REF: PARIS 1568: KYIV 2080"], &[paris(""), kyiv("")])
        }),
        Corruption::new(18, "parted by a semicolon", REF, |t, _| {
            list(t, &["REF: PARIS 1568; KYIV 2080"], &[paris(""), kyiv("")])
        }),
        Corruption::new(18, "parted by a comma", REF, |t, _| {
            list(t, &["REF: PARIS 1568, KYIV 2080"], &[paris(""), kyiv("")])
        }),
        Corruption::new(18, "parted by AND", REF, |t, _| {
            list(t, &["REF: PARIS 1568 AND KYIV 2080"], &[paris(""), kyiv("")])
        }),
        Corruption::new(18, "the post carries over", REF, |t, _| {
            list(t, &["REF: PARIS 1568 AND 1570"], &[paris(""), cable_reference("", 2009, true, "PARIS", 1570)])
        }),
        Corruption::new(18, "AND PREVIOUS", REF, |t, _| {
            list(t, &["REF: PARIS 1568 AND PREVIOUS"], &[with(paris(""), "and_previous", json!(true))])
        }),
        Corruption::new(18, "(NOTAL)", REF, |t, _| {
            list(t, &["REF: PARIS 1568 (NOTAL)"], &[with(paris(""), "notal", json!(true))])
        }),
        Corruption::new(18, "ET AL", REF, |t, _| {
            list(t, &["REF: PARIS 1568 ET AL"], &[with(paris(""), "et_al", json!(true))])
        }),
        Corruption::new(18, "(EXDIS)", REF, |t, _| {
            list(t, &["REF: PARIS 1568 (EXDIS)"], &[with(paris(""), "captions", json!(["EXDIS"]))])
        }),
        Corruption::new(18, "year before the post: 08", REF, |t, _| {
            list(t, &["REF: 08 PARIS 1568"], &[cable_reference("", 2008, false, "PARIS", 1568)])
        }),
        Corruption::new(18, "year before the post: 2008", REF, |t, _| {
            list(t, &["REF: 2008 PARIS 1568"], &[cable_reference("", 2008, false, "PARIS", 1568)])
        }),
        Corruption::new(18, "year before the post: '08", REF, |t, _| {
            list(t, &["REF: '08 PARIS 1568"], &[cable_reference("", 2008, false, "PARIS", 1568)])
        }),
        Corruption::new(18, "year glued to the post", REF, |t, _| {
            list(t, &["REF: 08PARIS 1568"], &[cable_reference("", 2008, false, "PARIS", 1568)])
        }),
        Corruption::new(18, "year, post and number glued", REF, |t, _| {
            list(t, &["REF: 08PARIS1568"], &[cable_reference("", 2008, false, "PARIS", 1568)])
        }),
        Corruption::new(18, "year after the number in brackets", REF, |t, _| {
            list(t, &["REF: PARIS 1568 (08)"], &[cable_reference("", 2008, false, "PARIS", 1568)])
        }),
        Corruption::new(18, "a number that looks like a year", REF, |t, _| {
            list(t, &["REF: LONDON 1997"], &[cable_reference("", 2009, true, "LONDON", 1997)])
        }),
        Corruption::new(18, "a post of two words", REF, |t, _| {
            list(t, &["REF: TEL AVIV 0412"], &[cable_reference("", 2009, true, "TELAVIV", 412)])
        }),
        Corruption::new(18, "a post's abbreviation, SECSTATE", REF, |t, _| {
            list(t, &["REF: SECSTATE 114330"], &[cable_reference("", 2009, true, "STATE", 114_330)])
        }),
        Corruption::new(18, "a misspelt post", REF, |t, _| {
            list(t, &["REF: STOCKHLOM 1568"], &[cable_reference("", 2009, true, "STOCKHOLM", 1568)])
        })
        .says(&[DiagnosticCode::PostMisspelt]),
        Corruption::new(18, "the reference on the line below", REF, |t, _| {
            list(t, &["REF:", "PARIS 1568"], &[paris("")])
        }),
        Corruption::new(18, "the label alone, its reference on the line below", REF, |t, _| {
            list(t, &["REF: A.", "PARIS 1568", "B.", "KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "post and number on two lines", REF, |t, _| {
            list(t, &["REF: A. PARIS", "1568 B. KYIV 2080"], &[paris("A"), kyiv("B")])
        }),
        Corruption::new(18, "references after Classified By", &[References, Authority], |t, _| {
            only(t, &[Shape::Confidential, Shape::Press])?;
            let references: Vec<String> = t.lines(References)?.clone();
            t.cut(References)?;
            let references: Vec<&str> = references.iter().map(String::as_str).collect();
            t.after(Authority, References, &references)
        }),
        Corruption::new(18, "a page line after the reference", &[References, Page(1), Page(2), Page(3)], |t, _| {
            only(t, &[Shape::Press])?;
            t.line(References)?.push_str(" TALLINN 00000214 001.2 OF 002");
            Some(())
        }),
        Corruption::new(18, "an e-mail", REF, |t, _| {
            list(
                t,
                &["REF: LOWNDES-PALMGREN E-MAIL 12/02/2009"],
                &[reference("email", "", json!({"text": "LOWNDES-PALMGREN E-MAIL 12/02/2009"}))],
            )
        }),
        Corruption::new(18, "a telcon", REF, |t, _| {
            list(
                t,
                &["REF: LOWNDES-PALMGREN TELCON OF DECEMBER 2"],
                &[reference("telcon", "", json!({"text": "LOWNDES-PALMGREN TELCON OF DECEMBER 2"}))],
            )
        }),
        Corruption::new(18, "an IIR", REF, |t, _| {
            list(t, &["REF: IIR 6 926 0058 09"], &[reference("iir", "", json!({"text": "IIR 6 926 0058 09"}))])
        }),
        Corruption::new(18, "an OSC report", REF, |t, _| {
            list(
                t,
                &["REF: OSC EUP20090329950015"],
                &[reference("osc_report", "", json!({"text": "OSC EUP20090329950015"}))],
            )
        }),
        Corruption::new(18, "a message by its DTG", REF, |t, _| {
            list(
                t,
                &["REF: USCINCEUR VAIHINGEN GE 151030Z NOV 09"],
                &[reference("message", "", json!({"text": "USCINCEUR VAIHINGEN GE 151030Z NOV 09", "year": "?"}))],
            )
        }),
        Corruption::new(18, "an airgram", REF, |t, _| {
            list(
                t,
                &["REF: PARIS A-23"],
                &[reference(
                    "airgram",
                    "",
                    json!({"post": "PARIS", "number": 23, "id": "09PARISA-23", "year": 2009, "year_assumed": true}),
                )],
            )
        }),
        Corruption::new(18, "a paragraph of the FAM", REF, |t, _| {
            list(t, &["REF: 7 FAM 180"], &[reference("document", "", json!({"text": "7 FAM 180"}))])
        }),
        Corruption::new(18, "NONE", REF, |t, _| list(t, &["REF: NONE"], &[])),
        Corruption::new(18, "an empty item", REF, |t, _| {
            list(t, &["REF: A. PARIS 1568", "     B.", "     C. KYIV 2080"], &[paris("A"), kyiv("C")])
        }),
        Corruption::new(18, "REF: and nothing", REF, |t, _| list(t, &["REF:"], &[])),
        Corruption::new(18, "no REF", REF, |t, _| {
            t.cut(References)?;
            t.want("references", json!([]));
            Some(())
        }),
    ]
}

/// Group 19.
fn authority() -> Vec<Corruption> {
    use Part::{Authority, Paragraph, References};
    const AUTHORITY: &[Part] = &[Authority];
    /// Another wording, from which the same must be read, but for its text.
    fn words(t: &mut Telegram, lines: &[&str]) -> Option<()> {
        only(t, &[Shape::Confidential])?;
        t.set(Authority, lines)?;
        t.want_at("/classified_by/text", json!("*"))
    }
    vec![
        Corruption::new(19, "Classified By without colon", AUTHORITY, |t, _| {
            t.swap(Authority, "Classified By:", "Classified By")
        }),
        Corruption::new(19, "CLASSIFIED BY in capitals", AUTHORITY, |t, _| {
            t.swap(Authority, "Classified By", "CLASSIFIED BY")
        }),
        Corruption::new(19, "on the REF line", &[Authority, References], |t, _| {
            let authority = t.line(Authority)?.clone();
            t.cut(Authority)?;
            t.last(References)?.extend([" ", &authority]);
            Some(())
        }),
        Corruption::new(19, "in paragraph 1", &[Authority, Paragraph(1)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.cut(Authority)?;
            let line = "Classified by DCM Rosalind Tamberlane for reasons 1.4 (b) and (d).";
            t.swap(Paragraph(1), "1. (C) ", &format!("1. (C) {line} "))?;
            t.want_text(1, |text| format!("{line} {text}"))?;
            t.want_at("/classified_by/text", json!("*"))?;
            Some(())
        }),
        Corruption::new(19, "title only", AUTHORITY, |t, _| {
            words(t, &["Classified By: Political Counselor for reasons 1.4 (b) and (d)."])?;
            t.want_at("/classified_by/name", json!(null))?;
            t.want_at("/classified_by/title", json!("Political Counselor"))
        }),
        Corruption::new(19, "the name before the title", AUTHORITY, |t, _| {
            words(t, &["Classified By: Rosalind Tamberlane, Political Counselor, for reasons 1.4 (b) and (d)."])?;
            t.want_at("/classified_by/title", json!("Political Counselor"))
        }),
        Corruption::new(19, "the name after the title", AUTHORITY, |t, _| {
            words(t, &["Classified By: Political Counselor Rosalind Tamberlane for reasons 1.4 (b) and (d)."])?;
            t.want_at("/classified_by/title", json!("Political Counselor"))
        }),
        Corruption::new(19, "for reas / ons 1.4", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reas", "ons 1.4 (b) and (d)."])
        }),
        Corruption::new(19, "1. / 4 (b)", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.", "4 (b) and (d)."])
        }),
        Corruption::new(19, "the reason on the line below", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane", "for reasons 1.4 (b) and (d)."])
        }),
        Corruption::new(19, "a blank line before the reason", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane", "", "for reasons 1.4 (b) and (d)."])
        }),
        Corruption::new(19, "letters (b),(d)", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4 (b),(d)."])
        }),
        Corruption::new(19, "letters (b/d)", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4 (b/d)."])
        }),
        Corruption::new(19, "letters (b)(d)", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4(b)(d)."])
        }),
        Corruption::new(19, "letters b & d", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4 b & d."])
        }),
        Corruption::new(19, "letters ( b, d)", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4 ( b, d)."])
        }),
        Corruption::new(19, "letters (B) AND (D)", AUTHORITY, |t, _| {
            words(t, &["CLASSIFIED BY: DCM Rosalind Tamberlane FOR REASONS 1.4 (B) AND (D)"])
        }),
        Corruption::new(19, "letters 1.4 (b) and 1.4 (d)", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4 (b) and 1.4 (d)."])
        }),
        Corruption::new(19, "E.O. 12958 before the reason", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane. Reasons: E.O. 12958, 1.4 (b), (d)."])
        }),
        Corruption::new(19, "reason 1/4", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons 1/4 (b) and (d)."])
        }),
        Corruption::new(19, "letters without a number", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane for reasons (b) and (d)."])?;
            t.want_at("/classified_by/reasons", json!([]))
        })
        .says(&[DiagnosticCode::AuthorityIncomplete]),
        Corruption::new(19, "Derived From:", AUTHORITY, |t, _| {
            words(t, &["Derived From: DSCG 05-1, B, D"])?;
            t.want("classified_by", json!({"text": "*"}));
            Some(())
        }),
        Corruption::new(19, "no reason", AUTHORITY, |t, _| {
            words(t, &["Classified By: DCM Rosalind Tamberlane."])?;
            t.want_at("/classified_by/reasons", json!([]))
        })
        .says(&[DiagnosticCode::AuthorityIncomplete]),
        Corruption::new(19, "no authority line", AUTHORITY, |t, _| {
            t.cut(Authority)?;
            t.want("classified_by", json!(null));
            Some(())
        }),
    ]
}

/// Groups 20 and 21.
fn paragraph_numbers() -> Vec<Corruption> {
    use Part::{Heading, Page, Paragraph, Rest};
    const ALL: &[Part] =
        &[Paragraph(1), Paragraph(2), Paragraph(3), Paragraph(4), Paragraph(5), Heading(1), Heading(2)];
    /// Rewrites each paragraph's number.
    fn each(t: &mut Telegram, write: impl Fn(u32, &str) -> String) -> Option<()> {
        let pilcrow = if matches!(t.shape, Shape::Modern | Shape::Press) { "¶" } else { "" };
        for n in 1..=9 {
            if t.has(Paragraph(n)) {
                let line = t.line(Paragraph(n))?;
                let rest = line.strip_prefix(&format!("{pilcrow}{n}."))?.to_owned();
                *line = write(n, rest.trim_start());
            }
        }
        Some(())
    }
    /// Rewrites one paragraph's number.
    fn one(t: &mut Telegram, n: u32, write: &str) -> Option<()> {
        let pilcrow = if matches!(t.shape, Shape::Modern | Shape::Press) { "¶" } else { "" };
        t.swap(Paragraph(n), &format!("{pilcrow}{n}."), write)
    }
    fn line(t: &mut Telegram, n: u32, line: &str) -> Option<()> {
        not(t, &[Shape::Press])?;
        add_line(t, n, line)
    }
    /// Another first paragraph, of one line.
    fn first(t: &mut Telegram, line: &str, mark: &serde_json::Value, text: &str) -> Option<()> {
        only(t, &[Shape::Nineties])?;
        t.set(Paragraph(1), &[line])?;
        let body = t.wanted.get_mut("body")?.as_array_mut()?;
        *body.first_mut()? = json!({"kind": "paragraph", "number": 1, "portion_mark": mark, "text": text});
        Some(())
    }
    const REPAIRED: &[DiagnosticCode] = &[DiagnosticCode::ParagraphNumberRepaired];
    vec![
        Corruption::new(20, "¶1.", ALL, |t, _| each(t, |n, rest| format!("¶{n}. {rest}"))),
        Corruption::new(20, "1.", ALL, |t, _| each(t, |n, rest| format!("{n}. {rest}"))),
        Corruption::new(20, "1)", ALL, |t, _| each(t, |n, rest| format!("{n}) {rest}"))),
        Corruption::new(20, "(1)", ALL, |t, _| each(t, |n, rest| format!("({n}) {rest}"))),
        Corruption::new(20, "¶1.(C) without a blank", ALL, |t, _| {
            not(t, &[Shape::Nineties, Shape::Archive])?;
            each(t, |n, rest| format!("¶{n}.{rest}"))
        }),
        Corruption::new(20, "two blanks after the number", ALL, |t, _| each(t, |n, rest| format!("{n}.  {rest}"))),
        Corruption::new(20, "a blank before the number", ALL, |t, _| {
            not(t, &[Shape::Press])?;
            each(t, |n, rest| format!(" {n}. {rest}"))
        }),
        Corruption::new(20, "(C XXXX, a bracket lost in a redaction", &[Paragraph(4)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(4), "(C) COMMENT: We", "(C XXXXXXXXXXXX We")?;
            t.want_text(4, |text| text.replace("COMMENT:", "XXXXXXXXXXXX"))?;
            t.want("comment", json!("?"));
            Some(())
        })
        .says(&[DiagnosticCode::PortionMarkRepaired]),
        Corruption::new(20, "C), its bracket lost", &[Paragraph(1)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(1), "(C)", "C)")
        })
        .says(&[DiagnosticCode::PortionMarkRepaired]),
        Corruption::new(20, "( C)", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(3), "(C)", "( C)")
        }),
        Corruption::new(20, "the mark on its own line", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            let first = t.line(Paragraph(3))?;
            let rest = first.strip_prefix("3. (C) ")?.to_owned();
            "3. (C)".clone_into(first);
            t.lines(Paragraph(3))?.insert(1, rest);
            Some(())
        }),
        Corruption::new(20, "the number alone on its line", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            let first = t.line(Paragraph(3))?;
            let rest = first.strip_prefix("3. ")?.to_owned();
            "3.".clone_into(first);
            t.lines(Paragraph(3))?.insert(1, rest);
            Some(())
        }),
        // The mark of the whole may stand without brackets.
        Corruption::new(20, "1. C - ENTIRE TEXT", &[Paragraph(1)], |t, _| {
            first(t, "1. C - ENTIRE TEXT.", &json!("C - ENTIRE TEXT"), "")
        }),
        Corruption::new(20, "1. (C - ENTIRE TEXT)", &[Paragraph(1)], |t, _| {
            first(t, "1. (C - ENTIRE TEXT) THE STORY BEGINS.", &json!("C - ENTIRE TEXT"), "THE STORY BEGINS.")
        }),
        Corruption::new(20, "(C) ENTIRE TEXT", &[Paragraph(1)], |t, _| {
            first(t, "1. (C) ENTIRE TEXT.", &json!("C"), "ENTIRE TEXT.")
        }),
        Corruption::new(20, "a paragraph in mid-line after a sentence", &[Paragraph(2), Paragraph(3), Heading(1)], |t, _| {
            only(t, &[Shape::Confidential])?;
            let third = t.line(Paragraph(3))?.clone();
            let second = t.lines(Paragraph(2))?;
            let at = second.iter().rposition(|l| !l.is_empty())?;
            second[at] = format!("{} {third}", second[at]);
            second.truncate(at + 1);
            t.lines(Paragraph(3))?.remove(0);
            Some(())
        })
        .says(&[DiagnosticCode::ParagraphInMidLine]),
        Corruption::new(20, "a paragraph in mid-line after a page line", &[Paragraph(3), Page(2), Heading(1)], |t, _| {
            only(t, &[Shape::Press])?;
            let page = t.line(Page(2))?.clone();
            t.cut(Page(2))?;
            let line = t.line(Paragraph(3))?;
            *line = format!("{page} {line}");
            Some(())
        }),
        Corruption::new(20, "11. for 1", &[Paragraph(1)], |t, _| one(t, 1, "11.")).says(REPAIRED),
        Corruption::new(20, "¶13. for ¶3", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Modern, Shape::Press])?;
            one(t, 3, "¶13.")
        })
        .says(REPAIRED),
        Corruption::new(20, "every number with a 1 before it", ALL, |t, _| {
            not(t, &[Shape::Nineties, Shape::Archive])?;
            each(t, |n, rest| format!("1{n}. {rest}"))
        })
        .says(REPAIRED),
        Corruption::new(20, "a gap: the next to the last paragraph cut out", &[Paragraph(3), Heading(2)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.cut(Paragraph(3))?;
            t.wanted.get_mut("body")?.as_array_mut()?.retain(|b| b["number"] != json!(3));
            Some(())
        })
        .says(&[DiagnosticCode::ParagraphNumberGap]),
        Corruption::new(20, "the series starts again", &[Paragraph(3), Paragraph(4), Heading(2)], |t, _| {
            only(t, &[Shape::Confidential])?;
            one(t, 3, "1.")?;
            one(t, 4, "2.")?;
            for (n, to) in [(3, 1), (4, 2)] {
                let body = t.wanted.get_mut("body")?.as_array_mut()?;
                body.iter_mut().rev().find(|b| b["number"] == json!(n))?["number"] = json!(to);
            }
            Some(())
        })
        .says(&[DiagnosticCode::ParagraphNumbersRestart]),
        Corruption::new(20, "the same number twice", &[Paragraph(3), Paragraph(4), Heading(2)], |t, _| {
            only(t, &[Shape::Confidential])?;
            one(t, 3, "2.")?;
            one(t, 4, "3.")?;
            for n in [3, 4] {
                let body = t.wanted.get_mut("body")?.as_array_mut()?;
                body.iter_mut().rev().find(|b| b["number"] == json!(n))?["number"] = json!(n - 1);
            }
            Some(())
        })
        .says(&[DiagnosticCode::ParagraphNumberOutOfOrder]),
        Corruption::new(20, "no numbers at all", ALL, |t, _| {
            only(t, &[Shape::Confidential])?;
            each(t, |_, rest| rest.to_owned())?;
            for block in t.wanted.get_mut("body")?.as_array_mut()? {
                block["number"] = json!(null);
            }
            Some(())
        }),
        Corruption::new(21, "¶2009. at a line start in prose", &[Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Modern])?;
            let rest = t.lines(Rest(2))?;
            rest.insert(2, "¶2009. Another idea was heard in the spring of".to_owned());
            rest.insert(2, "The fair is to be held again in June".to_owned());
            rest.insert(4, "the same year.".to_owned());
            t.want_text(2, |text| {
                format!("{text}\nThe fair is to be held again in June\n2009. Another idea was heard in the spring of\nthe same year.")
            })
        })
        .says(&[DiagnosticCode::ParagraphNumberRefused]),
        Corruption::new(21, "¶26. the end of November 26.", &[Paragraph(4)], |t, _| {
            only(t, &[Shape::Modern])?;
            t.swap(Paragraph(4), "was hurt. (Note: The city has promised a new roof. End", "was hurt on November")?;
            t.lines(Paragraph(4))?.insert(3, "¶26. (Note: The city has promised a new roof. End".to_owned());
            t.want_text(4, |text| text.replace("was hurt. (Note", "was hurt on November\n26. (Note"))
        })
        .says(&[DiagnosticCode::ParagraphNumberRefused]),
        Corruption::new(21, "2.6 billion at a line start", &[Paragraph(3)], |t, _| line(t, 3, "2.6 billion were counted.")),
        Corruption::new(21, "1.4 (b) at a line start", &[Paragraph(3)], |t, _| line(t, 3, "1.4 (b) of the order was read aloud.")),
        Corruption::new(21, "¶B. an enumeration with a pilcrow", &[Paragraph(3)], |t, _| {
            line(t, 3, "¶B. A second point was made.")?;
            t.want_text(3, |text| text.replace("¶B.", "B."))?;
            // With its pilcrow or without it.
            let body = t.wanted.get_mut("body")?.as_array_mut()?;
            body.iter_mut().find(|b| b["number"] == json!(3))?["text"] = json!("*");
            Some(())
        }),
        Corruption::new(21, "SIPDIS alone at a line start in prose", &[Paragraph(1)], |t, _| {
            not(t, &[Shape::Press])?;
            t.lines(Paragraph(1))?.insert(1, "SIPDIS".to_owned());
            t.lines(Paragraph(1))?.get(2).filter(|l| !l.is_empty())?;
            Some(())
        })
        .says(&[DiagnosticCode::StampInText]),
        Corruption::new(21, "SIPDIS in the middle of a line of prose", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Press])?;
            t.swap(Paragraph(3), "1,140 liters", "SIPDIS 1,140 liters")
        })
        .says(&[DiagnosticCode::StampInText]),
    ]
}

/// Group 22.
fn page_lines() -> Vec<Corruption> {
    use Part::{Heading, Page, Paragraph, Rest};
    const STAMP: &str = "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006";
    vec![
        Corruption::new(
            22,
            "glued to the end of a line of prose",
            &[Page(2), Paragraph(2), Rest(2), Heading(1)],
            |t, _| {
                only(t, &[Shape::Modern])?;
                t.cut(Page(2))?;
                let lines = t.lines(Paragraph(2))?;
                lines.retain(|l| !l.is_empty());
                lines.last_mut()?.push_str(" LUSAKA 00001204 002 OF 003");
                Some(())
            },
        ),
        Corruption::new(
            22,
            "glued to the start of a line of prose",
            &[Page(2), Paragraph(2), Rest(2), Heading(1)],
            |t, _| {
                only(t, &[Shape::Modern])?;
                t.cut(Page(2))?;
                t.lines(Paragraph(2))?.retain(|l| !l.is_empty());
                let line = t.line(Rest(2))?;
                *line = format!("LUSAKA 00001204 002 OF 003 {line}");
                Some(())
            },
        ),
        Corruption::new(22, "in the middle of a sentence on a line", &[Page(2), Paragraph(2)], |t, _| {
            only(t, &[Shape::Press])?;
            t.cut(Page(2))?;
            t.swap(Paragraph(2), "and printed two", "and TALLINN 00000214 002 OF 002 printed two")
        })
        .says(&[DiagnosticCode::PageLineInText]),
        Corruption::new(22, "in the middle of a word on a line", &[Page(2), Paragraph(2)], |t, _| {
            only(t, &[Shape::Press])?;
            t.cut(Page(2))?;
            t.swap(Paragraph(2), "newspaper", "newsTALLINN 00000214 002 OF 002paper")
        })
        .says(&[DiagnosticCode::PageLineInText]),
        Corruption::new(22, "after a word cut with a hyphen", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Modern])?;
            t.swap(Paragraph(2), "rest of the hall, and", "rest of the hall, and the visi-")?;
            t.swap(Rest(2), "the visitors stayed", "tors stayed")?;
            t.want_text(2, |text| text.replace("and\nthe visitors", "and the visi-\ntors"))
        })
        .says(&[DiagnosticCode::SentenceJoined]),
        Corruption::new(22, "without blank lines around it", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            not(t, &[Shape::Press, Shape::Confidential])?;
            t.lines(Page(2))?.retain(|l| !l.is_empty());
            t.lines(Paragraph(2))?.retain(|l| !l.is_empty());
            t.lines(Paragraph(3))?;
            Some(())
        }),
        Corruption::new(
            22,
            "a full second heading in mid-body with another number",
            &[Page(3), Heading(2), Paragraph(4)],
            |t, _| {
                only(t, &[Shape::Modern])?;
                t.before(
                    Page(3),
                    Page(3),
                    &[
                        "VZCZCXRO4418",
                        "OO RUEHBZ RUEHDU RUEHGI RUEHJO RUEHMR",
                        "DE RUEHLS #1205/02 1361042",
                        "ZNR UUUUU ZZH",
                        "O P 151042Z MAY 08",
                        "FM AMEMBASSY LUSAKA",
                        "TO RUEHC/SECSTATE WASHDC IMMEDIATE 5894",
                        "RUCPDOC/USDOC WASHDC PRIORITY 0312",
                        "INFO RUCNSAD/SOUTHERN AF DEVELOPMENT COMMUNITY COLLECTIVE PRIORITY",
                        "RUEHSB/AMEMBASSY HARARE PRIORITY 0205",
                        "RUEHTO/AMEMBASSY MAPUTO 1467",
                        "RHMFISS/HQ USEUCOM VAIHINGEN GE",
                        "UNCLAS SECTION 02 OF 03 LUSAKA 001205",
                        "",
                        "SENSITIVE",
                        "SIPDIS",
                        "",
                        "E.O. 12958: N/A",
                        "TAGS: ETRD, SENV, TPHY, SCUL, KPAO, PGOV, ZA",
                        "SUBJECT: COPPER FAIR DRAWS A RECORD CROWD TO THE BANKS",
                        "OF THE KAFUE",
                        "",
                    ],
                )
            },
        )
        .says(&[DiagnosticCode::HeadingRepeated, DiagnosticCode::HeadingDisagrees]),
        Corruption::new(22, "a section's heading flattened into the text", &[Page(3), Paragraph(4)], |t, _| {
            only(t, &[Shape::Modern])?;
            t.before(
                Page(3),
                Page(3),
                &[
                    "UNCLAS SECTION 02 OF 03 LUSAKA 001204",
                    "",
                    "SENSITIVE",
                    "SIPDIS",
                    "",
                    "E.O. 12958: N/A",
                    "TAGS: ETRD, SENV, TPHY, SCUL, KPAO, PGOV, ZA",
                    "SUBJECT: COPPER FAIR DRAWS A RECORD CROWD TO THE BANKS",
                    "OF THE KAFUE",
                    "",
                ],
            )
        })
        .says(&[DiagnosticCode::HeadingRepeated, DiagnosticCode::HeadingDisagrees]),
        Corruption::new(22, "a page line of another message", &[Page(3), Part::ClassLine, Part::Station], |t, _| {
            only(t, &[Shape::Modern])?;
            t.swap(Page(3), "00001204", "00001205")
        })
        .says(&[DiagnosticCode::PageLineDisagrees]),
        Corruption::new(22, "a declassification stamp in mid-paragraph", &[Paragraph(1)], |t, _| {
            not(t, &[Shape::Press])?;
            t.lines(Paragraph(1))?.insert(1, STAMP.to_owned());
            Some(())
        }),
        Corruption::new(22, "the stamp doubled", &[Paragraph(1)], |t, _| {
            not(t, &[Shape::Press])?;
            t.lines(Paragraph(1))?.splice(1..1, [STAMP.to_owned(), STAMP.to_owned()]);
            Some(())
        }),
        Corruption::new(22, "the stamp twice on one line", &[Paragraph(1)], |t, _| {
            not(t, &[Shape::Press])?;
            t.lines(Paragraph(1))?.insert(1, format!("{STAMP} {STAMP}"));
            Some(())
        }),
        Corruption::new(22, "the stamp in the middle of a line of prose", &[Paragraph(2)], |t, _| {
            only(t, &[Shape::Press])?;
            t.swap(Paragraph(2), "and printed", &format!("and {STAMP} printed"))
        }),
        Corruption::new(22, "RELEASED IN PART B6 in the text", &[Paragraph(2), Heading(1)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.lines(Paragraph(2))?.insert(1, "RELEASED IN PART B6".to_owned());
            Some(())
        }),
        Corruption::new(22, "- alone on a line", &[Paragraph(3)], |t, _| {
            t.before(Paragraph(3), Paragraph(3), &["-"])?;
            // Two pieces have this name now: the one with the text stays the first.
            let at = t.pieces.iter().position(|p| p.lines == ["-"])?;
            t.pieces[at].part = Page(9);
            Some(())
        }),
        Corruption::new(22, "all page lines missing", &[Page(1), Page(2), Page(3), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Modern])?;
            for n in 1..=3 {
                t.cut(Page(n))?;
            }
            let lines = t.lines(Paragraph(2))?;
            lines.retain(|l| !l.is_empty());
            Some(())
        }),
    ]
}

/// Group 22, in the archive's records of 1973 to 1979: between banners a page ends and the next begins, anywhere.
fn page_turns() -> Vec<Corruption> {
    use Part::{Info, Page, Paragraph, References, Rest, Subject, Tags};
    const SIGNED: &str = "Jane Q. Roe Declassified/Released US Department of State EO Systematic Review 20 Mar 2014";
    vec![
        Corruption::new(22, "a signed stamp, doubled, in mid-paragraph", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Archive])?;
            t.lines(Paragraph(3))?.splice(1..1, [SIGNED.to_owned(), SIGNED.to_owned()]);
            Some(())
        }),
        Corruption::new(22, "stamps after the page turn", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            t.lines(Page(2))?.extend([SIGNED.to_owned(), SIGNED.to_owned()]);
            Some(())
        }),
        Corruption::new(22, "stamps between banner and PAGE line", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            t.lines(Page(2))?.splice(4..4, [SIGNED.to_owned(), SIGNED.to_owned()]);
            Some(())
        }),
        Corruption::new(22, "one banner at the page turn", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            t.lines(Page(2))?.drain(..2);
            Some(())
        }),
        Corruption::new(22, "no banner at the page turn", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            t.lines(Page(2))?.retain(|l| l != "UNCLASSIFIED");
            Some(())
        }),
        Corruption::new(22, "indented banners", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            for line in t.lines(Page(2))?.iter_mut().filter(|l| *l == "UNCLASSIFIED") {
                line.insert_str(0, "   ");
            }
            Some(())
        }),
        Corruption::new(22, "POSS DUPE on banner and PAGE line", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            for line in t.lines(Page(2))?.iter_mut().filter(|l| !l.is_empty()) {
                line.push_str("   POSS DUPE");
            }
            Some(())
        }),
        Corruption::new(22, "a page turn inside a word", &[Page(2), Paragraph(2), Rest(2)], |t, _| {
            only(t, &[Shape::Archive])?;
            t.swap(Paragraph(2), "IN 1972,", "IN 1972, IS RE-")?;
            t.swap(Rest(2), "IS REMEMBERED", "MEMBERED")?;
            t.want_text(2, |text| text.replace("1972,\nIS REMEMBERED", "1972, IS RE-\nMEMBERED"))
        })
        .says(&[DiagnosticCode::SentenceJoined]),
        Corruption::new(22, "a page turn inside a list", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Archive])?;
            in_paragraph(t, 3, &["- TWO JUDGES;"], &["- FOUR MINISTERS; AND"])
        }),
        Corruption::new(22, "a page turn inside a table", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Archive])?;
            let above = ["     PROVINCE          PLANTS", "     CHIMBORAZO           310"];
            in_paragraph(t, 3, &above, &["     LOJA                 225", "     PICHINCHA            190"])
        }),
        Corruption::new(22, "a page turn inside the address", &[Info], |t, _| {
            only(t, &[Shape::Archive])?;
            turn_in(t, Info, 1)
        }),
        Corruption::new(22, "a page turn before the address goes on", &[Part::To], |t, _| {
            only(t, &[Shape::Archive])?;
            turn_in(t, Part::To, 1)
        }),
        Corruption::new(22, "a page turn inside the TAGS", &[Tags], |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(Tags, &["TAGS: OEXC, SCUL,", "EAGR, EC"])?;
            turn_in(t, Tags, 1)
        }),
        Corruption::new(22, "a page turn inside the subject", &[Subject], |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(Subject, &["SUBJ: NATIONAL ORCHID SHOW: REQUEST FOR", "AMERICAN JUDGES"])?;
            turn_in(t, Subject, 1)
        }),
        Corruption::new(22, "a page turn inside the references", &[References], |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(References, &["REF: (A) STATE 87345;", "(B) GUAYAQUIL 0816"])?;
            turn_in(t, References, 1)
        }),
    ]
}

/// The end of one page and the beginning of the next.
const TURN: [&str; 7] = ["UNCLASSIFIED", "", "UNCLASSIFIED", "", "PAGE 02        QUITO  03208  141842Z", "", ""];

/// Turns the page after some lines of a part.
fn turn_in(t: &mut Telegram, part: Part, trailing: usize) -> Option<()> {
    t.lines(part)?.splice(trailing..trailing, TURN.map(str::to_owned));
    Some(())
}

/// Adds lines to a paragraph, between which the page turns.
fn in_paragraph(t: &mut Telegram, n: u32, above: &[&str], below: &[&str]) -> Option<()> {
    let paragraph = t.lines(Part::Paragraph(n))?;
    let at = paragraph.iter().rposition(|l| !l.is_empty())? + 1;
    let lines = above.iter().chain(&TURN).chain(below).map(|l| (*l).to_owned());
    paragraph.splice(at..at, lines);
    let added = [above, below].concat().join("\n");
    t.want_text(n, |text| format!("{text}\n{added}"))
}

/// Group 23.
fn body_headings() -> Vec<Corruption> {
    use Part::{Heading, Paragraph};
    /// Sets the second heading so; its text stays the same.
    fn set(t: &mut Telegram, lines: &[&str]) -> Option<()> {
        only(t, &[Shape::Modern])?;
        t.set(Heading(2), lines)
    }
    const TEXT: &str = "The Roof and the Remedy";
    const TOUCHES: &[Part] = &[Heading(2)];
    vec![
        Corruption::new(23, "dashes over", TOUCHES, |t, _| set(t, &["-----------------------", TEXT])),
        Corruption::new(23, "dashes over and under", TOUCHES, |t, _| {
            set(t, &["-----------------------", TEXT, "-----------------------"])
        }),
        Corruption::new(23, "equal signs under", TOUCHES, |t, _| set(t, &[TEXT, "======================="])),
        Corruption::new(23, "asterisks under", TOUCHES, |t, _| set(t, &[TEXT, "***********************"])),
        Corruption::new(23, "dashes with blanks between", TOUCHES, |t, _| set(t, &[TEXT, "- - - - - - - - - - - -"])),
        Corruption::new(23, "a blank line between heading and dashes", TOUCHES, |t, _| {
            set(t, &[TEXT, "", "-----------------------"])
        }),
        Corruption::new(23, "no dashes at all", TOUCHES, |t, _| set(t, &[TEXT])),
        Corruption::new(23, "in capitals without dashes", TOUCHES, |t, _| {
            set(t, &["THE ROOF AND THE REMEDY"])?;
            let body = t.wanted.get_mut("body")?.as_array_mut()?;
            body.iter_mut().find(|b| b["text"] == json!(TEXT))?["text"] = json!("THE ROOF AND THE REMEDY");
            Some(())
        }),
        Corruption::new(23, "dashes shorter than the heading", TOUCHES, |t, _| set(t, &[TEXT, "-----"])),
        Corruption::new(23, "a heading of two lines", TOUCHES, |t, _| {
            set(
                t,
                &[
                    "The Roof and the Remedy, or How to Keep a",
                    "Fair Dry in the Rainy Season",
                    "-----------------------",
                ],
            )?;
            let body = t.wanted.get_mut("body")?.as_array_mut()?;
            body.iter_mut().find(|b| b["text"] == json!(TEXT))?["text"] =
                json!("The Roof and the Remedy, or How to Keep a\nFair Dry in the Rainy Season");
            Some(())
        }),
        Corruption::new(23, "run into the paragraph line", &[Heading(2), Paragraph(4)], |t, _| {
            only(t, &[Shape::Modern])?;
            let first = t.line(Paragraph(4))?.clone();
            *t.line(Paragraph(4))? = format!("{TEXT} ----------------------- {first}");
            t.cut(Heading(2))
        }),
    ]
}

/// Group 24.
fn portion_marks() -> Vec<Corruption> {
    use Part::{Heading, Paragraph};
    /// Another mark for the second paragraph of the CONFIDENTIAL cable.
    fn mark(t: &mut Telegram, mark: &str) -> Option<()> {
        only(t, &[Shape::Confidential])?;
        t.swap(Paragraph(2), "(C/NF)", &format!("({mark})"))?;
        let body = t.wanted.get_mut("body")?.as_array_mut()?;
        body.iter_mut().find(|b| b["number"] == json!(2))?["portion_mark"] = json!(mark);
        Some(())
    }
    const SECOND: &[Part] = &[Paragraph(2), Heading(1)];
    vec![
        Corruption::new(24, "(S//NF)", SECOND, |t, _| mark(t, "S//NF")),
        Corruption::new(24, "(C//NF)", SECOND, |t, _| mark(t, "C//NF")),
        Corruption::new(24, "(C/rel to UN)", SECOND, |t, _| mark(t, "C/rel to UN")),
        Corruption::new(24, "(S//REL Turkey)", SECOND, |t, _| mark(t, "S//REL Turkey")),
        Corruption::new(24, "(SECRET/REL FRANCE)", SECOND, |t, _| mark(t, "SECRET/REL FRANCE")),
        Corruption::new(24, "(U//FOUO)", SECOND, |t, _| mark(t, "U//FOUO")),
        Corruption::new(24, "(SBU/NF)", SECOND, |t, _| mark(t, "SBU/NF")),
        Corruption::new(24, "(S//REL TO USA, FVEY)", SECOND, |t, _| mark(t, "S//REL TO USA, FVEY")),
        Corruption::new(24, "(S//FGI//NF)", SECOND, |t, _| mark(t, "S//FGI//NF")),
        Corruption::new(24, "(C NF)", SECOND, |t, _| mark(t, "C NF")),
        Corruption::new(24, "(LOU)", SECOND, |t, _| mark(t, "LOU")),
        Corruption::new(24, "none on the first paragraph", &[Paragraph(1)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(1), "(C) ", "")?;
            let body = t.wanted.get_mut("body")?.as_array_mut()?;
            body.first_mut()?["portion_mark"] = json!(null);
            Some(())
        }),
        Corruption::new(24, "none at all", &[Paragraph(1), Paragraph(2), Paragraph(3), Paragraph(4)], |t, _| {
            only(t, &[Shape::Confidential])?;
            for (n, mark) in [(1, "(C) "), (2, "(C/NF) "), (3, "(C) "), (4, "(C) ")] {
                t.swap(Paragraph(n), mark, "")?;
            }
            for block in t.wanted.get_mut("body")?.as_array_mut()? {
                block["portion_mark"] = json!(null);
            }
            Some(())
        }),
        Corruption::new(24, "(U.S.) is no mark", SECOND, |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(2), "(C/NF) A harbor", "(U.S.) A harbor")?;
            let body = t.wanted.get_mut("body")?.as_array_mut()?;
            let block = body.iter_mut().find(|b| b["number"] == json!(2))?;
            block["portion_mark"] = json!(null);
            block["text"] = json!(format!("(U.S.) {}", block["text"].as_str()?));
            Some(())
        }),
    ]
}

/// Group 25.
fn tails() -> Vec<Corruption> {
    use Part::{Paragraph, Signature, Tail};
    const LAST: &[Part] = &[Signature, Tail];
    fn name(t: &mut Telegram, written: &str, wanted: &str) -> Option<()> {
        t.set(Signature, &[written])?;
        t.want("signature", json!(wanted));
        Some(())
    }
    vec![
        Corruption::new(25, "signature in capitals", LAST, |t, _| name(t, "OKONJO", "OKONJO")),
        Corruption::new(25, "signature in title case", LAST, |t, _| name(t, "Lindqvist", "Lindqvist")),
        Corruption::new(25, "signature of two words", LAST, |t, _| name(t, "VAN TASSEL", "VAN TASSEL")),
        Corruption::new(25, "signature with an apostrophe", LAST, |t, _| name(t, "O'HARROW", "O'HARROW")),
        Corruption::new(25, "signature twice", LAST, |t, _| {
            let once = t.line(Signature)?.clone();
            t.after(Signature, Signature, &[&once])
        }),
        Corruption::new(25, "signature twice on its line", LAST, |t, _| name(t, "LANGTRY Langtry", "LANGTRY")),
        Corruption::new(25, "signature with a full stop", LAST, |t, _| {
            t.line(Signature)?.push('.');
            Some(())
        }),
        Corruption::new(
            25,
            "signature on the last paragraph's line",
            &[Signature, Tail, Paragraph(3), Paragraph(4), Paragraph(5)],
            |t, _| {
                not(t, &[Shape::Confidential])?;
                let name = t.line(Signature)?.clone();
                t.cut(Signature)?;
                let last = (1..=5).rev().find(|n| t.has(Paragraph(*n)))?;
                t.last(Paragraph(last))?.extend(["  ", &name]);
                Some(())
            },
        ),
        Corruption::new(25, "signature before a web link", LAST, |t, _| {
            t.after(
                Signature,
                Tail,
                &["", "Visit Embassy Example's Classified Website: http://www.state.sgov.gov/p/example/"],
            )
        }),
        Corruption::new(25, "signature before a release stamp", LAST, |t, _| {
            t.after(
                Signature,
                Tail,
                &["", "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006"],
            )
        }),
        Corruption::new(25, "signature before NNNN", LAST, |t, _| t.after(Signature, Tail, &["NNNN"])),
        Corruption::new(25, "signature before BT, number and NNNN", LAST, |t, _| {
            let serial = t.wanted("mrn")["number"].as_u64()? % 10_000;
            t.after(Signature, Tail, &["BT", &format!("#{serial:04}"), "", "NNNN"])
        }),
        Corruption::new(25, "signature before E E E E E E E E", LAST, |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(Tail, &["UNCLASSIFIED", "", "NNN", "", "E E E E E E E E"])
        }),
        Corruption::new(25, "signature before << END OF DOCUMENT >>", LAST, |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(Tail, &["<< END OF DOCUMENT >>"])
        }),
        Corruption::new(25, "signature before *** Current Classification ***", LAST, |t, _| {
            only(t, &[Shape::Archive])?;
            t.set(
                Tail,
                &["*** Current Handling Restrictions ***   n/a", "***  Current Classification ***   UNCLASSIFIED"],
            )
        }),
        Corruption::new(25, "a line of another cable after the signature", LAST, |t, _| {
            not(t, &[Shape::Archive])?;
            t.after(Signature, Tail, &["", "E.O. 12958: DECL: 01/01/2020 TAGS: MASS, XX"])
        }),
        Corruption::new(25, "no signature", LAST, |t, _| {
            not(t, &[Shape::Archive])?;
            t.cut(Signature)?;
            t.want("signature", json!(null));
            Some(())
        }),
    ]
}

/// Group 26, and 22's line ends.
fn characters() -> Vec<Corruption> {
    use Part::{Info, Paragraph, References, Subject, Whole};
    const WHOLE: &[Part] = &[Whole];
    vec![
        Corruption::new(26, "redaction runs in an addressee", &[Info], |t, _| {
            not(t, &[Shape::Archive])?;
            t.lines(Info)?.push("AMEMBASSY XXXXXXXXXXXX".to_owned());
            t.wanted
                .get_mut("info")?
                .as_array_mut()?
                .push(json!({"routing_indicator": null, "name": "AMEMBASSY XXXXXXXXXXXX"}));
            Some(())
        }),
        Corruption::new(26, "redaction runs in the subject", &[Subject], |t, _| {
            t.set(Subject, &["SUBJECT: TALKS WITH XXXXXXXXXXXX ON GEESE"])?;
            t.want("subject", json!("TALKS WITH XXXXXXXXXXXX ON GEESE")).want("subject_mark", json!(null));
            Some(())
        }),
        Corruption::new(26, "redaction runs in a reference", &[References], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.set(References, &["REF: A. XXXXXXXXXXXX", "     B. ATHENS 1190"])?;
            t.want("references", json!(["*", cable_reference("B", 2009, true, "ATHENS", 1190)]));
            Some(())
        }),
        Corruption::new(26, "redaction runs in prose", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(3), "the same owners", "XXXXXXXXXXXX")?;
            t.want_text(3, |text| text.replace("the same owners", "XXXXXXXXXXXX"))
        }),
        Corruption::new(26, "[SOURCE REMOVED] in prose", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(3), "the same owners", "[SOURCE REMOVED]")?;
            t.want_text(3, |text| text.replace("the same owners", "[SOURCE REMOVED]"))
        }),
        Corruption::new(26, "a lost plus sign is not made up", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(3), "the same owners", "the P5 1")?;
            t.want_text(3, |text| text.replace("the same owners", "the P5 1"))
        }),
        Corruption::new(26, "curly quotes", &[Paragraph(3)], |t, _| {
            only(t, &[Shape::Confidential])?;
            t.swap(Paragraph(3), "a lighthouse", "“a lighthouse’s lamp”")?;
            t.want_text(3, |text| text.replace("a lighthouse", "“a lighthouse’s lamp”"))
        }),
        Corruption::new(26, "CRLF", WHOLE, |t, _| {
            t.finish.push(|text| text.replace('\n', "\r\n"));
            Some(())
        }),
        Corruption::new(26, "CR", WHOLE, |t, _| {
            t.finish.push(|text| text.replace('\n', "\r"));
            Some(())
        }),
        Corruption::new(26, "a form feed before each page line", WHOLE, |t, _| {
            let pages = t.pieces.iter_mut().filter(|p| matches!(p.part, Part::Page(_)));
            for page in pages {
                page.lines.insert(0, "\u{c}".to_owned());
            }
            Some(())
        }),
        Corruption::new(26, "a form feed at the start of lines", WHOLE, |t, _| {
            t.finish.push(|text| text.replace("\nSUBJ", "\n\u{c}SUBJ").replace("\nTAGS", "\n\u{c}TAGS"));
            Some(())
        }),
        Corruption::new(26, "NUL at the end of lines", WHOLE, |t, _| {
            t.finish.push(|text| text.replacen('\n', "\0\n", 12));
            Some(())
        }),
        Corruption::new(26, "a tab after the labels", &[Whole, Paragraph(3)], |t, _| {
            t.finish.push(|text| {
                text.replace("TAGS: ", "TAGS:\t").replace("SUBJECT: ", "SUBJECT:\t").replace("REF: ", "REF:\t")
            });
            Some(())
        }),
        Corruption::new(26, "trailing blanks on every line", WHOLE, |t, _| {
            t.finish.push(|text| text.replace('\n', "  \n"));
            Some(())
        }),
        Corruption::new(26, "no trailing blanks", WHOLE, |t, _| {
            t.finish.push(|text| text.replace(" \n", "\n"));
            Some(())
        }),
        Corruption::new(26, "no final newline", WHOLE, |t, _| {
            t.finish.push(|text| text.trim_end().to_owned());
            Some(())
        }),
        Corruption::new(26, "a byte order mark", WHOLE, |t, _| {
            t.finish.push(|text| format!("\u{feff}{text}"));
            Some(())
        }),
        Corruption::new(26, "every line twice spaced", &[Whole, Part::PassLines], |t, _| {
            only(t, &[Shape::Press])?;
            t.finish.push(|text| text.replace('\n', "\n\n"));
            Some(())
        }),
    ]
}

//! Clean cables in the shapes of the archives, each with what must be read from it.

use serde_json::{Value, json};

use super::telegram::{Part, Shape, Telegram};

pub(crate) fn all() -> Vec<Telegram> {
    vec![modern(), confidential(), nineties(), press(), archive()]
}

pub(crate) fn mrn(id: &str, year: i32, post: &str, number: u32) -> Value {
    json!({"id": id, "year": year, "post": post, "number": number})
}

pub(crate) fn addressee(
    ri: Option<&str>,
    name: &str,
    post: Option<&str>,
    precedence: Option<&str>,
    serial: Option<&str>,
) -> Value {
    json!({"routing_indicator": ri, "name": name, "post": post, "precedence": precedence, "serial": serial})
}

pub(crate) fn tags(tags: &[(&str, &str)]) -> Value {
    tags.iter().map(|(tag, kind)| json!({"tag": tag, "kind": kind, "person": null})).collect()
}

/// A reference to a cable; `label` is empty where it has none.
pub(crate) fn cable_reference(label: &str, year: i32, assumed: bool, post: &str, number: u32) -> Value {
    let id = format!("{:02}{post}{number}", year % 100);
    reference("cable", label, json!({"id": id, "year": year, "year_assumed": assumed, "post": post, "number": number}))
}

/// A reference with the keys that differ from none.
pub(crate) fn reference(kind: &str, label: &str, keys: Value) -> Value {
    let label = (!label.is_empty()).then_some(label);
    let mut out = json!({"kind": kind, "label": label, "id": null, "year": null, "year_assumed": false, "post": null,
        "number": null, "notal": false, "and_previous": false, "et_al": false, "captions": []});
    if let (Value::Object(out), Value::Object(keys)) = (&mut out, keys) {
        out.extend(keys);
    }
    out
}

pub(crate) fn with(mut value: Value, key: &str, to: Value) -> Value {
    value[key] = to;
    value
}

/// 2008, UNCLAS, in three sections.
pub(crate) fn modern() -> Telegram {
    let mut t = Telegram::new(Shape::Modern);
    t.put(Part::TransmissionId, &["VZCZCXRO4417"])
        .put(Part::Routing, &["OO RUEHBZ RUEHDU RUEHGI RUEHJO RUEHMR"])
        .put(Part::Station, &["DE RUEHLS #1204/01 1361042"])
        .put(Part::Security, &["ZNR UUUUU ZZH"])
        .put(Part::Dtg, &["O P 151042Z MAY 08"])
        .put(Part::From, &["FM AMEMBASSY LUSAKA"])
        .put(Part::To, &["TO RUEHC/SECSTATE WASHDC IMMEDIATE 5893", "RUCPDOC/USDOC WASHDC PRIORITY 0311"])
        .put(
            Part::Info,
            &[
                "INFO RUCNSAD/SOUTHERN AF DEVELOPMENT COMMUNITY COLLECTIVE PRIORITY",
                "RUEHSB/AMEMBASSY HARARE PRIORITY 0204",
                "RUEHTO/AMEMBASSY MAPUTO 1466",
                "RHMFISS/HQ USEUCOM VAIHINGEN GE",
            ],
        )
        .put(Part::ClassLine, &["UNCLAS SECTION 01 OF 03 LUSAKA 001204"])
        .put(Part::Captions, &["", "SENSITIVE", "SIPDIS", ""])
        .put(Part::PassLines, &["STATE FOR AF/S AND OES/OA", "STATE PASS TO USTR FOR H. PALMGREN", ""])
        .put(Part::ExecutiveOrder, &["E.O. 12958: N/A"])
        .put(Part::Tags, &["TAGS: ETRD, SENV, TPHY, SCUL, KPAO, PGOV, ZA"])
        .put(Part::Subject, &["SUBJECT: COPPER FAIR DRAWS A RECORD CROWD TO THE BANKS", "OF THE KAFUE", ""])
        .put(
            Part::References,
            &[
                "REF: A. 07 LUSAKA 1748 (NOTAL)",
                "     B. STATE 41172",
                "     C. HARARE 480 AND PREVIOUS",
                "     D. OKONJO-LINDQVIST E-MAIL OF MAY 11, 2008",
                "",
            ],
        )
        .put(Part::Page(1), &["LUSAKA 00001204  001.2 OF 003", "", ""])
        .paragraph(
            1,
            Some("SBU"),
            &[
                "Summary. The second copper fair filled the old rope",
                "works from May 3 to 6 and drew 41,200 paying visitors, a",
                "third more than last year. Post recommends a full U.S.",
                "pavilion in 2009. End summary.",
            ],
        )
        .heading(1, "Buoys Sell, Brochures Do Not")
        .cut_paragraph(
            2,
            Some("U"),
            &[
                "Under Secretary Duarte Valadim opened the fair by",
                "switching on forty-two lamps at once, which put out the",
                "lights in the rest of the hall, and",
            ],
            (2, &["LUSAKA 00001204  002 OF 003", "", ""]),
            &["the visitors stayed all the same. He thanked them in four", "languages."],
        )
        .paragraph(
            3,
            Some("U"),
            &[
                "The stands that drew the longest queues were:",
                "",
                "-- Tidewright Instruments: a solar buoy; and",
                "-- Gannet Avionics: a beacon light for small airfields.",
            ],
        )
        .heading(2, "The Roof and the Remedy")
        .paragraph(
            4,
            Some("SBU"),
            &[
                "On the second morning forty liters of rain water came",
                "through the roof. The director told Econoff that nobody",
                "was hurt. (Note: The city has promised a new roof. End",
                "note.)",
            ],
        )
        .put(Part::Page(3), &["LUSAKA 00001204  003 OF 003", "", ""])
        .paragraph(
            5,
            Some("SBU"),
            &["Comment. A fair that survives a flood of its own hall", "has earned a second look. End comment."],
        )
        .put(Part::Signature, &["MERRIDEW"]);
    t.want("mrn", mrn("08LUSAKA1204", 2008, "LUSAKA", 1204))
        .want(
            "transmission",
            json!({"id": "VZCZCXRO4417", "precedence": "IMMEDIATE",
                "routing_indicators": ["RUEHBZ", "RUEHDU", "RUEHGI", "RUEHJO", "RUEHMR"],
                "station": "RUEHLS", "serial": "1204", "section": "01", "filing_time": "1361042", "filed": "2008-05-15T10:42:00Z",
                "security": {"prosign": "ZNR", "indicator": "UUUUU", "level": "UNCLASSIFIED", "operating_signals": ["ZZH"]}}),
        )
        .want("precedence", json!({"action": "IMMEDIATE", "info": "PRIORITY"}))
        .want("dtg", json!({"text": "151042Z MAY 08", "utc": "2008-05-15T10:42:00Z", "operating_signals": []}))
        .want("from", json!({"name": "AMEMBASSY LUSAKA", "post": "LUSAKA"}))
        .want(
            "to",
            json!([
                addressee(Some("RUEHC"), "SECSTATE WASHDC", Some("STATE"), Some("IMMEDIATE"), Some("5893")),
                addressee(Some("RUCPDOC"), "USDOC WASHDC", None, Some("PRIORITY"), Some("0311")),
            ]),
        )
        .want(
            "info",
            json!([
                addressee(Some("RUCNSAD"), "SOUTHERN AF DEVELOPMENT COMMUNITY COLLECTIVE", None, Some("PRIORITY"), None),
                addressee(Some("RUEHSB"), "AMEMBASSY HARARE", Some("HARARE"), Some("PRIORITY"), Some("0204")),
                addressee(Some("RUEHTO"), "AMEMBASSY MAPUTO", Some("MAPUTO"), None, Some("1466")),
                addressee(Some("RHMFISS"), "HQ USEUCOM VAIHINGEN GE", None, None, None),
            ]),
        )
        .want("classification", json!({"level": "UNCLASSIFIED", "text": "UNCLAS", "sensitive": true}))
        .want("section", json!({"number": 1, "of": 3}))
        .want("captions", json!(["SENSITIVE", "SIPDIS"]))
        .want("pass_lines", json!(["STATE FOR AF/S AND OES/OA", "STATE PASS TO USTR FOR H. PALMGREN"]))
        .want("executive_order", json!({"number": 12958, "text": "N/A", "declassification": {"kind": "not_applicable"}}))
        .want(
            "tags",
            tags(&[
                ("ETRD", "subject"),
                ("SENV", "subject"),
                ("TPHY", "subject"),
                ("SCUL", "subject"),
                ("KPAO", "program"),
                ("PGOV", "subject"),
                ("ZA", "geographic"),
            ]),
        )
        .want("subject", json!("COPPER FAIR DRAWS A RECORD CROWD TO THE BANKS OF THE KAFUE"))
        .want(
            "references",
            json!([
                with(cable_reference("A", 2007, false, "LUSAKA", 1748), "notal", json!(true)),
                cable_reference("B", 2008, true, "STATE", 41172),
                with(cable_reference("C", 2008, true, "HARARE", 480), "and_previous", json!(true)),
                reference("email", "D", json!({"text": "OKONJO-LINDQVIST E-MAIL OF MAY 11, 2008"})),
            ]),
        )
        .want(
            "summary",
            json!(
                "The second copper fair filled the old rope works from May 3 to 6 and drew 41,200 paying visitors, a third \
                 more than last year. Post recommends a full U.S. pavilion in 2009."
            ),
        )
        .want("comment", json!("A fair that survives a flood of its own hall has earned a second look."))
        .want("signature", json!("MERRIDEW"));
    t
}

/// 2009, CONFIDENTIAL, a number of five digits, with `Classified By`.
pub(crate) fn confidential() -> Telegram {
    let mut t = Telegram::new(Shape::Confidential);
    t.put(Part::TransmissionId, &["VZCZCXYZ0029"])
        .put(Part::Routing, &["PP RUEHWEB"])
        .put(Part::Station, &["DE RUEHAK #2941 3420300"])
        .put(Part::Security, &["ZNY CCCCC ZZH"])
        .put(Part::Dtg, &["P 080300Z DEC 09"])
        .put(Part::From, &["FM AMEMBASSY ANKARA"])
        .put(Part::To, &["TO RUEHC/SECSTATE WASHDC PRIORITY 6303"])
        .put(
            Part::Info,
            &["INFO RUEHTH/AMEMBASSY ATHENS 1258", "RUEHSF/AMEMBASSY SOFIA 0771", "RUEHIT/AMCONSUL ISTANBUL 5120"],
        )
        .put(Part::ClassLine, &["C O N F I D E N T I A L ANKARA 012941"])
        .put(Part::Captions, &["", "SIPDIS", ""])
        .put(Part::ExecutiveOrder, &["E.O. 12958: DECL: 12/07/2019"])
        .put(Part::Tags, &["TAGS: PREL, PGOV, SENV, TU, GR"])
        .put(Part::Subject, &["SUBJECT: (C) THE FERRY THAT WOULD NOT BE SOLD", ""])
        .put(Part::References, &["REF: A. ANKARA 12804", "     B. ATHENS 1190", ""])
        .put(Part::Authority, &["Classified By: DCM Rosalind Tamberlane for reasons 1.4 (b) and (d).", ""])
        .paragraph(
            1,
            Some("C"),
            &[
                "SUMMARY: The owners of an old ferry have refused three offers",
                "for it and now mean to sail it home. END SUMMARY.",
            ],
        )
        .paragraph(
            2,
            Some("C/NF"),
            &[
                "A harbor pilot told Poloff on December 4 that the ferry has no",
                "engine. Its owners say that this saves fuel.",
            ],
        )
        .paragraph(
            3,
            Some("C"),
            &["In 2007 the same owners sold a lighthouse twice, and neither", "buyer has complained."],
        )
        .paragraph(
            4,
            Some("C"),
            &["COMMENT: We would not stand in the way of this vessel, which", "cannot move. END COMMENT."],
        )
        .put(Part::Signature, &["Quarrington"]);
    t.want("mrn", mrn("09ANKARA12941", 2009, "ANKARA", 12941))
        .want(
            "transmission",
            json!({"id": "VZCZCXYZ0029", "precedence": "PRIORITY", "routing_indicators": ["RUEHWEB"],
                "station": "RUEHAK", "serial": "2941", "section": null, "filing_time": "3420300", "filed": "2009-12-08T03:00:00Z",
                "security": {"prosign": "ZNY", "indicator": "CCCCC", "level": "CONFIDENTIAL", "operating_signals": ["ZZH"]}}),
        )
        .want("precedence", json!({"action": "PRIORITY", "info": null}))
        .want("dtg", json!({"text": "080300Z DEC 09", "utc": "2009-12-08T03:00:00Z", "operating_signals": []}))
        .want("from", json!({"name": "AMEMBASSY ANKARA", "post": "ANKARA"}))
        .want("to", json!([addressee(Some("RUEHC"), "SECSTATE WASHDC", Some("STATE"), Some("PRIORITY"), Some("6303"))]))
        .want(
            "info",
            json!([
                addressee(Some("RUEHTH"), "AMEMBASSY ATHENS", Some("ATHENS"), None, Some("1258")),
                addressee(Some("RUEHSF"), "AMEMBASSY SOFIA", Some("SOFIA"), None, Some("0771")),
                addressee(Some("RUEHIT"), "AMCONSUL ISTANBUL", Some("ISTANBUL"), None, Some("5120")),
            ]),
        )
        .want("classification", json!({"level": "CONFIDENTIAL", "text": "C O N F I D E N T I A L", "sensitive": false}))
        .want("captions", json!(["SIPDIS"]))
        .want(
            "executive_order",
            json!({"number": 12958, "text": "DECL: 12/07/2019", "declassification": {"kind": "date", "date": "2019-12-07"}}),
        )
        .want(
            "tags",
            tags(&[("PREL", "subject"), ("PGOV", "subject"), ("SENV", "subject"), ("TU", "geographic"), ("GR", "geographic")]),
        )
        .want("subject", json!("THE FERRY THAT WOULD NOT BE SOLD"))
        .want("subject_mark", json!("C"))
        .want("references", json!([cable_reference("A", 2009, true, "ANKARA", 12804), cable_reference("B", 2009, true, "ATHENS", 1190)]))
        .want(
            "classified_by",
            json!({"name": "Rosalind Tamberlane", "title": "DCM", "reasons": ["1.4(b)", "1.4(d)"],
                "text": "DCM Rosalind Tamberlane for reasons 1.4 (b) and (d)."}),
        )
        .want("summary", json!("The owners of an old ferry have refused three offers for it and now mean to sail it home."))
        .want("comment", json!("We would not stand in the way of this vessel, which cannot move."))
        .want("signature", json!("Quarrington"));
    t
}

/// 1993: no format lines before the date-time group, no routing indicators, PAGE lines.
pub(crate) fn nineties() -> Telegram {
    let mut t = Telegram::new(Shape::Nineties);
    t.put(Part::Dtg, &["R 201405Z APR 93"])
        .put(Part::From, &["FM AMEMBASSY GABORONE"])
        .put(Part::To, &["TO SECSTATE WASHDC 7310"])
        .put(Part::Info, &["INFO AMEMBASSY HARARE PRIORITY", "AMEMBASSY LUSAKA", "AMEMBASSY PRETORIA"])
        .put(Part::ClassLine, &["C O N F I D E N T I A L SECTION 01 OF 02 GABORONE 004817", ""])
        .put(Part::ExecutiveOrder, &["E.O. 12356: DECL: OADR"])
        .put(Part::Tags, &["TAGS: PREL, EAIR, SENV, BC"])
        .put(Part::Subject, &["SUBJECT:  OSTRICHES ON THE NEW RUNWAY:  WHO HAS THE RIGHT", "          OF WAY?", ""])
        .put(Part::References, &["REF:  (A) STATE 96502, (B) GABORONE 4790", ""])
        .entire_text("CONFIDENTIAL - ENTIRE TEXT")
        .paragraph(
            2,
            None,
            &[
                "SUMMARY:  THE NEW RUNWAY WAS CLOSED ON APRIL 19 WHEN A",
                "FLOCK OF ABOUT SIXTY OSTRICHES LAY DOWN ON IT.  END SUMMARY.",
            ],
        )
        .cut_paragraph(
            3,
            None,
            &[
                "THE STRIP OF WARM ASPHALT IS THE BEST PLACE IN THE",
                "DISTRICT TO SPEND A COLD MORNING.  THE BIRDS WOULD RUN, AND",
            ],
            (2, &["CONFIDENTIAL", "", "PAGE 02        GABORO  04817  01 OF 02  201412Z", ""]),
            &["THEN COME BACK ANGRY."],
        )
        .paragraph(
            4,
            None,
            &[
                "CIVIL AVIATION HAS TRIED:",
                "",
                "    A.  A FENCE, WHICH THE BIRDS STEPPED OVER; AND",
                "    B.  A MAN WITH A FLAG, WHO WAS CHASED.",
            ],
        )
        .paragraph(
            5,
            None,
            &[
                "COMMENT:  OF SIXTY BIRDS NOT ONE HAS YET MOVED FOR AN",
                "AIRCRAFT. WE WOULD NOT WISH TO BE QUOTED.  END COMMENT.",
            ],
        )
        .put(Part::Signature, &["KETTERIDGE"]);
    t.want("mrn", mrn("93GABORONE4817", 1993, "GABORONE", 4817))
        .want("precedence", json!({"action": "ROUTINE", "info": null}))
        .want("dtg", json!({"text": "201405Z APR 93", "utc": "1993-04-20T14:05:00Z", "operating_signals": []}))
        .want("from", json!({"name": "AMEMBASSY GABORONE", "post": "GABORONE"}))
        .want("to", json!([addressee(None, "SECSTATE WASHDC", Some("STATE"), None, Some("7310"))]))
        .want(
            "info",
            json!([
                addressee(None, "AMEMBASSY HARARE", Some("HARARE"), Some("PRIORITY"), None),
                addressee(None, "AMEMBASSY LUSAKA", Some("LUSAKA"), None, None),
                addressee(None, "AMEMBASSY PRETORIA", Some("PRETORIA"), None, None),
            ]),
        )
        .want("classification", json!({"level": "CONFIDENTIAL", "text": "C O N F I D E N T I A L", "sensitive": false}))
        .want("section", json!({"number": 1, "of": 2}))
        .want(
            "executive_order",
            json!({"number": 12356, "text": "DECL: OADR", "declassification": {"kind": "originating_agency"}}),
        )
        .want("tags", tags(&[("PREL", "subject"), ("EAIR", "subject"), ("SENV", "subject"), ("BC", "geographic")]))
        .want("subject", json!("OSTRICHES ON THE NEW RUNWAY: WHO HAS THE RIGHT OF WAY?"))
        .want(
            "references",
            json!([
                cable_reference("A", 1993, true, "STATE", 96502),
                cable_reference("B", 1993, true, "GABORONE", 4790)
            ]),
        )
        .want(
            "summary",
            json!("THE NEW RUNWAY WAS CLOSED ON APRIL 19 WHEN A FLOCK OF ABOUT SIXTY OSTRICHES LAY DOWN ON IT."),
        )
        .want("comment", json!("OF SIXTY BIRDS NOT ONE HAS YET MOVED FOR AN AIRCRAFT. WE WOULD NOT WISH TO BE QUOTED."))
        .want("signature", json!("KETTERIDGE"));
    t
}

/// 2009 in the template of the press.
pub(crate) fn press() -> Telegram {
    let mut t = Telegram::new(Shape::Press);
    t.put(Part::TransmissionId, &["VZCZCXRO2518"])
        .put(Part::Routing, &["RR RUEHAG RUEHDF RUEHIK"])
        .put(Part::Station, &["DE RUEHTL #0214/01 2321214"])
        .put(Part::Security, &["ZNY CCCCC ZZH"])
        .put(Part::Dtg, &["R 201214Z AUG 09"])
        .put(Part::From, &["FM AMEMBASSY TALLINN"])
        .put(Part::To, &["TO RUEHC/SECSTATE WASHDC 1187"])
        .put(Part::Info, &["INFO RUEHHE/AMEMBASSY HELSINKI 5102", "RUEHSM/AMEMBASSY STOCKHOLM PRIORITY 2846"])
        .put(Part::ClassLine, &["C O N F I D E N T I A L SECTION 01 OF 02 TALLINN 000214"])
        .put(Part::Captions, &["SIPDIS"])
        .put(Part::PassLines, &["DEPT FOR EUR/NB"])
        .put(Part::ExecutiveOrder, &["EO 12958 DECL: 08/19/2019"])
        .put(Part::Tags, &["TAGS SCUL, SOCI, KPAO, PREL, EN"])
        .put(Part::Subject, &["SUBJECT: NIGHT OF THE SAUNAS: ESTONIA’S LONGEST QUEUE"])
        .put(Part::References, &["REF: A. 08 TALLINN 371 B. HELSINKI 290"])
        .put(Part::Authority, &["Classified By: CDA Petra Lowndes for reasons 1.4 (b) and (d)"])
        .paragraph(
            1,
            Some("C"),
            &["Summary. On August 15 some 9,000 people waited up to five hours to sit for ten minutes in a sauna built on a raft. End summary."],
        )
        .heading(1, "A Queue With Its Own Newspaper")
        .paragraph(
            2,
            Some("C"),
            &["By midnight the queue had elected a committee and printed two issues of a newspaper called “The Towel.” It asked for a raft."],
        )
        .put(Part::Page(2), &["TALLINN 00000214 002 OF 002"])
        .paragraph(3, Some("U"), &["The club counted 2.6 tons of birch wood, 1,140 liters of soup and one lost shoe."])
        .paragraph(4, Some("C"), &["Comment: Public diplomacy seldom comes with its own steam. End comment."])
        .put(Part::Signature, &["LANGTRY"]);
    t.want("mrn", mrn("09TALLINN214", 2009, "TALLINN", 214))
        .want(
            "transmission",
            json!({"id": "VZCZCXRO2518", "precedence": "ROUTINE", "routing_indicators": ["RUEHAG", "RUEHDF", "RUEHIK"],
                "station": "RUEHTL", "serial": "0214", "section": "01", "filing_time": "2321214", "filed": "2009-08-20T12:14:00Z",
                "security": {"prosign": "ZNY", "indicator": "CCCCC", "level": "CONFIDENTIAL", "operating_signals": ["ZZH"]}}),
        )
        .want("precedence", json!({"action": "ROUTINE", "info": null}))
        .want("dtg", json!({"text": "201214Z AUG 09", "utc": "2009-08-20T12:14:00Z", "operating_signals": []}))
        .want("from", json!({"name": "AMEMBASSY TALLINN", "post": "TALLINN"}))
        .want("to", json!([addressee(Some("RUEHC"), "SECSTATE WASHDC", Some("STATE"), None, Some("1187"))]))
        .want(
            "info",
            json!([
                addressee(Some("RUEHHE"), "AMEMBASSY HELSINKI", Some("HELSINKI"), None, Some("5102")),
                addressee(Some("RUEHSM"), "AMEMBASSY STOCKHOLM", Some("STOCKHOLM"), Some("PRIORITY"), Some("2846")),
            ]),
        )
        .want("classification", json!({"level": "CONFIDENTIAL", "text": "C O N F I D E N T I A L", "sensitive": false}))
        .want("section", json!({"number": 1, "of": 2}))
        .want("captions", json!(["SIPDIS"]))
        .want("pass_lines", json!(["DEPT FOR EUR/NB"]))
        .want(
            "executive_order",
            json!({"number": 12958, "text": "DECL: 08/19/2019", "declassification": {"kind": "date", "date": "2019-08-19"}}),
        )
        .want(
            "tags",
            tags(&[("SCUL", "subject"), ("SOCI", "subject"), ("KPAO", "program"), ("PREL", "subject"), ("EN", "geographic")]),
        )
        .want("subject", json!("NIGHT OF THE SAUNAS: ESTONIA’S LONGEST QUEUE"))
        .want(
            "references",
            json!([cable_reference("A", 2008, false, "TALLINN", 371), cable_reference("B", 2009, true, "HELSINKI", 290)]),
        )
        .want(
            "classified_by",
            json!({"name": "Petra Lowndes", "title": "CDA", "reasons": ["1.4(b)", "1.4(d)"],
                "text": "CDA Petra Lowndes for reasons 1.4 (b) and (d)"}),
        )
        .want(
            "summary",
            json!("On August 15 some 9,000 people waited up to five hours to sit for ten minutes in a sauna built on a raft."),
        )
        .want("comment", json!("Public diplomacy seldom comes with its own steam."))
        .want("signature", json!("LANGTRY"));
    t
}

/// 1976: as the archive's file has it, without the trailer.
pub(crate) fn archive() -> Telegram {
    let mut t = Telegram::new(Shape::Archive);
    t.put(Part::Lead, &["UNCLASSIFIED", "", "PAGE 01        QUITO  03208  141842Z", ""])
        .put(
            Part::Distribution,
            &[
                "ACTION ARA-10",
                "",
                "INFO  OCT-01  ISO-00  AGR-20  EB-11  USIE-00  SCI-06  /048 W",
                "                    ------------------ 071936Z  042188 /41",
            ],
        )
        .put(Part::Dtg, &["R 141730Z JUL 76"])
        .put(Part::From, &["FM AMEMBASSY QUITO"])
        .put(Part::To, &["TO SECSTATE WASHDC 2618"])
        .put(Part::Info, &["INFO AMCONSUL GUAYAQUIL", "AMEMBASSY BOGOTA", "AMEMBASSY LIMA", ""])
        .put(Part::ClassLine, &["UNCLAS QUITO 3208", ""])
        .put(Part::ExecutiveOrder, &["E.O. 11652: N/A"])
        .put(Part::Tags, &["TAGS: OEXC, SCUL, EAGR, EC"])
        .put(Part::Subject, &["SUBJ: NATIONAL ORCHID SHOW: REQUEST FOR AMERICAN JUDGES", ""])
        .put(Part::References, &["REF: (A) STATE 87345; (B) GUAYAQUIL 0816", ""])
        .paragraph(
            1,
            None,
            &[
                "SUMMARY: NATIONAL ORCHID SOCIETY WILL HOLD ITS TENTH SHOW",
                "AT RIOBAMBA SEPTEMBER 18-21 AND ASKS FOR TWO AMERICAN JUDGES.",
                "END SUMMARY.",
            ],
        )
        .cut_paragraph(
            2,
            None,
            &["DR. IDA BRAMBLEY OF ST. PAUL, WHO JUDGED AT GUAYAQUIL IN 1972,"],
            (2, &["UNCLASSIFIED", "", "UNCLASSIFIED", "", "PAGE 02        QUITO  03208  141842Z", ""]),
            &["IS REMEMBERED WITH AFFECTION FOR HAVING DISQUALIFIED A BEE."],
        )
        .paragraph(
            3,
            None,
            &[
                "COMMENT: THIS IS A SMALL SHOW WITH A LARGE FOLLOWING. FOUR",
                "CABINET MINISTERS GROW ORCHIDS. END COMMENT.",
            ],
        )
        .put(Part::Signature, &["HALLIWELL"])
        .put(Part::Tail, &["", "", "UNCLASSIFIED", "", "", "NNN"]);
    t.want("format", json!("archive"))
        .want("mrn", mrn("76QUITO3208", 1976, "QUITO", 3208))
        .want("distribution", distribution())
        .want("precedence", json!({"action": "ROUTINE", "info": null}))
        .want("dtg", json!({"text": "141730Z JUL 76", "utc": "1976-07-14T17:30:00Z", "operating_signals": []}))
        .want("from", json!({"name": "AMEMBASSY QUITO", "post": "QUITO"}))
        .want("to", json!([addressee(None, "SECSTATE WASHDC", Some("STATE"), None, Some("2618"))]))
        .want(
            "info",
            json!([
                addressee(None, "AMCONSUL GUAYAQUIL", Some("GUAYAQUIL"), None, None),
                addressee(None, "AMEMBASSY BOGOTA", Some("BOGOTA"), None, None),
                addressee(None, "AMEMBASSY LIMA", Some("LIMA"), None, None),
            ]),
        )
        .want("classification", json!({"level": "UNCLASSIFIED", "text": "UNCLAS", "sensitive": false}))
        .want("executive_order", json!({"number": 11652, "text": "N/A", "declassification": {"kind": "not_applicable"}}))
        .want("tags", tags(&[("OEXC", "subject"), ("SCUL", "subject"), ("EAGR", "subject"), ("EC", "geographic")]))
        .want("subject", json!("NATIONAL ORCHID SHOW: REQUEST FOR AMERICAN JUDGES"))
        .want(
            "references",
            json!([cable_reference("A", 1976, true, "STATE", 87345), cable_reference("B", 1976, true, "GUAYAQUIL", 816)]),
        )
        .want(
            "summary",
            json!("NATIONAL ORCHID SOCIETY WILL HOLD ITS TENTH SHOW AT RIOBAMBA SEPTEMBER 18-21 AND ASKS FOR TWO AMERICAN JUDGES."),
        )
        .want("comment", json!("THIS IS A SMALL SHOW WITH A LARGE FOLLOWING. FOUR CABINET MINISTERS GROW ORCHIDS."))
        .want("signature", json!("HALLIWELL"));
    t
}

/// The block of bureaus of [`archive`].
pub(crate) fn distribution() -> Value {
    let offices =
        |list: &[(&str, u32)]| -> Value { list.iter().map(|(o, n)| json!({"office": o, "copies": n})).collect() };
    json!({"role": "action", "offices": offices(&[("ARA", 10)]),
        "info": offices(&[("OCT", 1), ("ISO", 0), ("AGR", 20), ("EB", 11), ("USIE", 0), ("SCI", 6)]),
        "total": 48, "direction": "W"})
}

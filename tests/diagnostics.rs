//! What the parser has to say: every code with the place it speaks of and its exact words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use cablegram::DiagnosticCode::{
    AddresseeRepaired, AttributeDisagrees, AttributeRepaired, AttributesAdd, AuthorityIncomplete, AuthorityRepaired,
    BodyOnly, Cancelled, CaptionRepaired, ClassLineMissing, ClassLineRepaired, ClassificationDisagrees, CopyingUndone,
    DeclassificationUnknown, DistributionSum, DtgImpossible, DtgRepaired, EncodingAssumed, ExecutiveOrderMissing,
    ExecutiveOrderRepaired, ExecutiveOrderUnknown, FieldRepeated, FilingTimeImpossible, FilledFromAttributes,
    FormatLineMalformed, HeadLineInText, HeaderOnly, HeadingAssumed, HeadingDisagrees, HeadingIncomplete,
    HeadingRepeated, LabelLost, LabelRepaired, LimitReached, LineNotRecognised, LineRepeated, MrnAssumed, MrnDisagrees,
    MrnMissing, PageLineDisagrees, PageLineInText, ParagraphInMidLine, ParagraphNumberGap, ParagraphNumberOutOfOrder,
    ParagraphNumberRefused, ParagraphNumberRepaired, ParagraphNumbersRestart, PartialExtract, PortionMarkDisagrees,
    PortionMarkRepaired, PostMisspelt, PostUnknown, RecognisedText, ReferenceLabelRepaired, ReferenceRepaired,
    ReferenceUnknown, RuleInText, SectionMissing, SentenceJoined, SerialDisagrees, SignatureAssumed, SignsChanged,
    StampInText, SubjectMissing, SubjectRepeated, TagMisspelt, TagUnknown, TagsRepaired, TagsRepeated, TagsSplit,
    TagsTerms, TextCutOff, TextLost, TextMissing,
};
use cablegram::{Decoded, DiagnosticCode, ParseError, Parsed, Parser, Severity, Span, decode};

/// A cable of which there is nothing to say.
const PLAIN: &str = "\
VZCZCXRO0029
RR RUEHLH
DE RUEHNY #0461/01 3621848
ZNY CCCCC ZZH
R 281848Z DEC 06
FM AMEMBASSY OSLO
TO RUEHC/SECSTATE WASHDC 6973
INFO RUEHLP/AMEMBASSY LA PAZ 1204
C O N F I D E N T I A L OSLO 000461

SIPDIS

E.O. 12958: DECL: 12/28/2016
TAGS: KSCA, SENV, NO
SUBJECT: FISH

REF: A. OSLO 12
     B. LONDON 13

Classified By: Kari T. Larsen, Counselor, for reasons 1.4 (b) and (d).

1. (C) The fish are well.

2. (C) They swim in the fjord
and do not come out.

3. (U) They will be counted in May.

LARSEN
";

/// A record of the archive of which there is nothing to say.
const ARCHIVE: &str = "\
Message Text

UNCLASSIFIED

PAGE 01  QUITO 03208  141842Z

44
ACTION CU-04

INFO  OCT-01  ARA-16  /021 W
                       ---------------------     071936
R 141730Z MAY 74
FM AMEMBASSY QUITO
TO SECSTATE WASHDC 2618

UNCLAS QUITO 3208

E.O. 11652: N/A
TAGS: SCUL, EC
SUBJ: ORCHIDS

1. THEY GROW.
HALLIWELL

UNCLASSIFIED

NNN

Message Attributes
Copy: SINGLE
Draft Date: 14 MAY 1974
Document Number: 1974QUITO03208
From: QUITO
Subject: ORCHIDS
TAGS: SCUL, EC
";

/// In place of a slice: the whole text.
const WHOLE: &str = "\0";

/// What the edits of a case are made to.
#[derive(Clone, Copy, Debug)]
enum Base {
    Plain,
    Archive,
    /// The plain cable after the sentence of a published extract.
    Extract,
    /// The plain cable up to its body.
    HeadAlone,
    /// The plain cable from the E.O. line on.
    BodyAlone,
    /// The plain cable from FM on.
    FromOn,
    /// The record without its message.
    AttributesAlone,
    /// The plain cable with more lines after it than are read.
    Endless,
}

impl Base {
    fn text(self) -> String {
        let from = |word: &str| PLAIN.get(PLAIN.find(word).unwrap()..).unwrap();
        match self {
            Self::Plain => PLAIN.to_owned(),
            Self::Archive => ARCHIVE.to_owned(),
            Self::Extract => {
                format!("This record is a partial extract of the original cable.\n{}", from("C O N F I D E N T I A L"))
            }
            Self::HeadAlone => PLAIN.strip_suffix(from("1. (C)")).unwrap().to_owned(),
            Self::BodyAlone => from("E.O.").to_owned(),
            Self::FromOn => from("FM ").to_owned(),
            Self::Endless => PLAIN.to_owned() + &"\n".repeat((1 << 21) - PLAIN.lines().count()) + "4. (U) Eels.",
            Self::AttributesAlone => ARCHIVE.get(ARCHIVE.find("Message Attributes").unwrap()..).unwrap().to_owned(),
        }
    }
}

/// A cable with a fault, and all that is said of it: code, the slice that its span covers, message.
type Case = (
    &'static str,
    Base,
    &'static [(&'static str, &'static str)],
    &'static [(DiagnosticCode, &'static str, &'static str)],
);

fn cases() -> Vec<Case> {
    use Base::{Archive, AttributesAlone, BodyAlone, Endless, Extract, FromOn, HeadAlone, Plain};
    vec![
        (
            "bytes of Windows-1252",
            Plain,
            &[("fish are", "pâté is")],
            &[(
                EncodingAssumed,
                "âté is well.\n\n2. (C) They swim in the fjord\nand do not come out.\n\n3. (U) They \
             will be counted in May.\n\nLARSEN\n",
                "not UTF-8 from here on: the bytes were read as Windows-1252",
            )],
        ),
        (
            "recognised from a scan",
            Plain,
            &[("3. (U) They", "RELEASED IN FULL\nUNCLASSIEED\n\n3. (U) They")],
            &[(RecognisedText, "UNCLASSIEED", "words at the edge of a page were damaged when the text was recognised")],
        ),
        (
            "a published extract",
            Extract,
            &[],
            &[(
                PartialExtract,
                "This record is a partial extract of the original cable.",
                "the document says that it is an extract",
            )],
        ),
        ("a heading alone", HeadAlone, &[], &[(HeaderOnly, WHOLE, "no text after the heading")]),
        (
            "a body alone",
            BodyAlone,
            &[],
            &[
                (BodyOnly, "", "no heading and no classification line: the body alone"),
                (MrnMissing, "", "nothing names the message: no classification line with a number, no station serial"),
                (ClassLineMissing, "", "no classification line"),
            ],
        ),
        (
            "no format lines before FM",
            FromOn,
            &[],
            &[(HeadingIncomplete, "", "the heading is without a date-time group")],
        ),
        (
            "dots of a publisher",
            Plain,
            &[("3. (U) They will be counted in May.\n\nLARSEN\n", "3. (U) They will be...\n")],
            &[(TextCutOff, "...", "the text breaks off")],
        ),
        (
            "the operator's error sign",
            Archive,
            &[("1. THEY GROW.\nHALLIWELL", "1. THEY GROW AND\nE E E E E E E E")],
            &[(TextCutOff, "E E E E E E E E", "the operator's error sign where the text breaks off")],
        ),
        (
            "a strange line among the addressees",
            Plain,
            &[("INFO RUEHLP", "*** 77 ??\nINFO RUEHLP")],
            &[(LineNotRecognised, "*** 77 ??", "unrecognised line above the text head: \"*** 77 ??\"")],
        ),
        (
            "a strange line before the heading",
            Plain,
            &[("R 281848Z", "lost words\nR 281848Z")],
            &[(LineNotRecognised, "lost words", "unrecognised line above the text head: \"lost words\"")],
        ),
        (
            "a stamp above the heading",
            FromOn,
            &[("FM AMEMBASSY", "FOR THE FILES\n\nFM AMEMBASSY")],
            &[
                (LineNotRecognised, "FOR THE FILES", "unrecognised line above the text head: \"FOR THE FILES\""),
                (HeadingIncomplete, "", "the heading is without a date-time group"),
            ],
        ),
        (
            "format line 3 without serial and time",
            Plain,
            &[("DE RUEHNY #0461/01 3621848", "DE RUEHNY")],
            &[(FormatLineMalformed, "DE RUEHNY", "\"DE RUEHNY\" lacks a serial or a filing time")],
        ),
        (
            "format line 4 with a strange level",
            Plain,
            &[("CCCCC", "QQQQQ")],
            &[(FormatLineMalformed, "ZNY QQQQQ ZZH", "\"QQQQQ\" names no level")],
        ),
        (
            "more sections than can be",
            Plain,
            &[("OSLO 000461", "SECTION 01 OF 300 OSLO 000461")],
            &[(
                FormatLineMalformed,
                "SECTION 01 OF 300",
                "\"SECTION 01 OF 300\" counts more sections than a message can have; none is given",
            )],
        ),
        (
            "more copies than can be",
            Archive,
            &[("OCT-01", "OCT-256"), ("/021", "/020")],
            &[(
                FormatLineMalformed,
                "OCT-256",
                "\"OCT-256\" in the distribution block is no office with its copies; left out",
            )],
        ),
        (
            "an office without its copies",
            Archive,
            &[("OCT-01", "OCT-XX"), ("/021", "/016")],
            &[
                (
                    FormatLineMalformed,
                    "OCT-XX",
                    "\"OCT-XX\" in the distribution block is no office with its copies; left out",
                ),
                (DistributionSum, "/016 W", "the copies add up to 20, the block says 16; both are as written"),
            ],
        ),
        (
            "an attribute that is no date",
            Archive,
            &[("Draft Date: 14 MAY 1974", "Draft Date: SOON")],
            &[(FormatLineMalformed, "SOON", "\"SOON\" cannot be read as Draft Date; kept as text under \"other\"")],
        ),
        (
            "an attribute twice",
            Archive,
            &[("Copy: SINGLE\n", "Copy: SINGLE\nCopy: DOUBLE\n")],
            &[(
                FormatLineMalformed,
                "DOUBLE",
                "a second Copy, \"DOUBLE\"; the first one counts, this one is under \"other\"",
            )],
        ),
        (
            "the heading of section 2",
            Plain,
            &[(
                "2. (C)",
                "R 281848Z DEC 06\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC 6973\n\
             C O N F I D E N T I A L SECTION 02 OF 02 OSLO 000461\n\n2. (C)",
            )],
            &[(
                HeadingRepeated,
                "R 281848Z DEC 06\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC 6973\nC O N F I D E N \
             T I A L SECTION 02 OF 02 OSLO 000461\n",
                "another heading of the same message; the first one counts",
            )],
        ),
        (
            "another time in section 2",
            Plain,
            &[(
                "2. (C)",
                "R 281849Z DEC 06\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC 6973\nC O N F I D E N \
             T I A L SECTION 02 OF 02 OSLO 000461\n\n2. (C)",
            )],
            &[
                (
                    HeadingDisagrees,
                    "R 281849Z DEC 06",
                    "date-time group \"281849Z DEC 06\" here, \"281848Z DEC 06\" in the first heading",
                ),
                (
                    HeadingRepeated,
                    "R 281849Z DEC 06\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC 6973\nC O N F I D E N \
             T I A L SECTION 02 OF 02 OSLO 000461\n",
                    "another heading of the same message; the first one counts",
                ),
            ],
        ),
        (
            "another originator in section 2",
            Plain,
            &[(
                "2. (C)",
                "R 281848Z DEC 06\nFM AMEMBASSY ROME\nTO RUEHC/SECSTATE WASHDC 6973\nC O N F I D E N \
             T I A L SECTION 02 OF 02 OSLO 000461\n\n2. (C)",
            )],
            &[
                (
                    HeadingDisagrees,
                    "R 281848Z DEC 06",
                    "originator \"AMEMBASSY ROME\" here, \"AMEMBASSY OSLO\" in the first heading",
                ),
                (
                    HeadingRepeated,
                    "R 281848Z DEC 06\nFM AMEMBASSY ROME\nTO RUEHC/SECSTATE WASHDC 6973\nC O N F I D E N \
             T I A L SECTION 02 OF 02 OSLO 000461\n",
                    "another heading of the same message; the first one counts",
                ),
            ],
        ),
        (
            "minute 68",
            Plain,
            &[("R 281848Z", "R 281868Z")],
            &[(DtgImpossible, "281868Z DEC 06", "invalid date-time group \"281868Z DEC 06\"")],
        ),
        (
            "the 31st of February",
            Plain,
            &[("R 281848Z DEC", "R 311848Z FEB")],
            &[(DtgImpossible, "311848Z FEB 06", "invalid date-time group \"311848Z FEB 06\"")],
        ),
        (
            "a blank before the Z",
            Plain,
            &[("281848Z", "281848 Z")],
            &[(DtgRepaired, "281848 Z DEC 06", "\"281848 Z DEC 06\" read as 281848Z DEC 06")],
        ),
        (
            "a month after LA PAZ",
            Plain,
            &[("LA PAZ 1204", "LA PAZ DEC 1204")],
            &[(AddresseeRepaired, "DEC", "\"DEC\" taken out after \"AMEMBASSY LA PAZ\"")],
        ),
        (
            "day 399 of the year",
            Plain,
            &[("3621848", "3991848")],
            &[(
                FilingTimeImpossible,
                "3991848",
                "\"3991848\" is no day of the year of the date-time group and time of the day",
            )],
        ),
        (
            "a serial off by one",
            Plain,
            &[("#0461", "#0462")],
            &[(SerialDisagrees, "0462", "station serial 0462, but message number 461")],
        ),
        (
            "page lines against the classification line",
            Plain,
            &[("OSLO 000461", "OSLO 000462"), ("2. (C)", "OSLO 00000461  002 OF 002\n\n2. (C)")],
            &[(
                MrnDisagrees,
                "C O N F I D E N T I A L OSLO 000462",
                "classification line has number 462; 461 was taken, which the other sources name",
            )],
        ),
        (
            "a classification line without post and number",
            Plain,
            &[(" OSLO 000461", "")],
            &[
                (MrnAssumed, "0461", "number 461 was taken from the station serial, which has four digits at the most"),
                (MrnAssumed, "", "no post on a classification line; OSLO was taken from FM"),
            ],
        ),
        (
            "no number anywhere",
            Plain,
            &[("DE RUEHNY #0461/01 3621848\n", ""), (" OSLO 000461", "")],
            &[
                (MrnAssumed, "", "no post on a classification line; OSLO was taken from FM"),
                (MrnMissing, "", "nothing names the message: no classification line with a number, no station serial"),
            ],
        ),
        (
            "a page line of another number",
            Plain,
            &[("2. (C)", "OSLO 00000462  002 OF 002\n\n2. (C)")],
            &[(PageLineDisagrees, "OSLO 00000462  002 OF 002", "page line of OSLO 462, in message number 461")],
        ),
        (
            "a page line in a sentence",
            Plain,
            &[("fjord\nand", "fjord OSLO 00000461  002 OF 002 and")],
            &[(PageLineInText, "OSLO 00000461  002 OF 002", "a page line in the middle of a line, taken out")],
        ),
        (
            "no level before post and number",
            Plain,
            &[("C O N F I D E N T I A L OSLO", "OSLO")],
            &[(ClassLineMissing, "OSLO 000461", "the classification line has no level")],
        ),
        (
            "no classification line",
            Plain,
            &[("C O N F I D E N T I A L OSLO 000461\n\n", "")],
            &[
                (MrnAssumed, "0461", "number 461 was taken from the station serial, which has four digits at the most"),
                (MrnAssumed, "", "no post on a classification line; OSLO was taken from FM"),
                (ClassLineMissing, "", "no classification line"),
            ],
        ),
        (
            "a letter too many",
            Plain,
            &[("C O N F I", "CC O N F I")],
            &[(ClassLineRepaired, "CC O N F I D E N T I A L", "\"CC O N F I D E N T I A L\" read as CONFIDENTIAL")],
        ),
        (
            "format line 4 says more",
            Plain,
            &[("CCCCC", "SSSSS")],
            &[(
                ClassificationDisagrees,
                "C O N F I D E N T I A L OSLO 000461",
                "classification line says CONFIDENTIAL, format line 4 SECRET",
            )],
        ),
        (
            "figures exchanged",
            Plain,
            &[("12958", "12598")],
            &[(ExecutiveOrderRepaired, "12598", "\"12598\" read as E.O. 12958")],
        ),
        (
            "a figure too many",
            Plain,
            &[("12958", "129588")],
            &[(ExecutiveOrderRepaired, "129588", "\"129588\" read as E.O. 12958")],
        ),
        (
            "an order that is none",
            Plain,
            &[("12958", "77345")],
            &[(ExecutiveOrderUnknown, "77345", "\"77345\" is no order on classification; kept as it is")],
        ),
        (
            "a label without an order",
            Plain,
            &[("E.O. 12958: DECL: 12/28/2016", "E.O.:")],
            &[(ExecutiveOrderMissing, "", "an E.O. label with no order after it")],
        ),
        (
            "a strange line before the E.O. line",
            Plain,
            &[("SIPDIS\n", "SIPDIS\n\n%% 77 ??\n")],
            &[(LineNotRecognised, "%% 77 ??", "\"%% 77 ??\" is no caption, no passing line and no label")],
        ),
        (
            "a second E.O. line",
            Plain,
            &[("TAGS:", "E.O. 13526: N/A\nTAGS:")],
            &[(FieldRepeated, "13526: N/A", "\"E.O. 13526: N/A\" once more; the first one counts")],
        ),
        (
            "a source after the authority",
            Plain,
            &[("(d).\n", "(d).\nDerived From: DSCG 05-1\n")],
            &[(FieldRepeated, "DSCG 05-1", "\"Derived From: DSCG 05-1\" once more; the first one counts")],
        ),
        (
            "no instruction",
            Plain,
            &[(" DECL: 12/28/2016", "")],
            &[(DeclassificationUnknown, "12958:", "no declassification instruction")],
        ),
        (
            "an instruction of no known form",
            Plain,
            &[("DECL: 12/28/2016", "%%")],
            &[(DeclassificationUnknown, "%%", "\"%%\" is no known declassification instruction")],
        ),
        (
            "TAGS without a blank between",
            Plain,
            &[("KSCA, SENV", "KSCASENV")],
            &[(TagsSplit, "KSCASENV", "\"KSCASENV\" read as KSCA, SENV")],
        ),
        (
            "what is none among the TAGS",
            Plain,
            &[("SENV,", "<B>, SENV****,")],
            &[
                (TagsRepaired, "<B>", "\"<B>\" is no TAG; it was left out"),
                (TagsRepaired, "SENV****", "\"SENV****\" read as SENV"),
            ],
        ),
        (
            "a bracket among the TAGS that is not closed",
            Plain,
            &[("KSCA, SENV", "OVIP (ROE, JANE SENV")],
            &[(TagsRepaired, "ROE, JANE", "the bracket before \"ROE, JANE\" is not closed; it was closed after it")],
        ),
        ("a TAG of no table", Plain, &[("KSCA", "QQXQ")], &[(TagUnknown, "QQXQ", "\"QQXQ\" is no known TAG")]),
        ("a TAG one letter off", Plain, &[("SENV", "SENW")], &[(TagMisspelt, "SENW", "\"SENW\" is probably SENV")]),
        (
            "TAGS again",
            Plain,
            &[("SUBJECT", "TAGS: EFIS\nSUBJECT")],
            &[(TagsRepeated, "EFIS", "a second list of TAGS; what it adds was taken")],
        ),
        ("no subject", Plain, &[("SUBJECT: FISH\n", "")], &[(SubjectMissing, "", "no SUBJECT before the body")]),
        (
            "subject again",
            Plain,
            &[("FISH\n", "FISH\nSUBJECT: MORE FISH\n")],
            &[(SubjectRepeated, "MORE FISH", "a second subject, \"MORE FISH\"; the first one counts")],
        ),
        (
            "words for a reference",
            Plain,
            &[("LONDON 13", "THE USUAL")],
            &[(ReferenceUnknown, "THE USUAL", "\"THE USUAL\" has no known form; its text is kept")],
        ),
        (
            "a lost reference",
            Plain,
            &[("LONDON 13", "LONDON 13, ****")],
            &[(ReferenceUnknown, "****", "asterisks stand where text was lost; no reference is given")],
        ),
        (
            "a year to come",
            Plain,
            &[("LONDON 13", "LONDON 13 (10)")],
            &[(ReferenceUnknown, "LONDON 13 (10)", "the year 10 is after the cable's own; no year is given")],
        ),
        (
            "the same label twice",
            Plain,
            &[("B. LON", "A. LON")],
            &[(ReferenceLabelRepaired, "A.", "label A stands twice or out of order, and is given as written")],
        ),
        (
            "a post of no table in a reference",
            Plain,
            &[("LONDON", "USXYZ")],
            &[(PostUnknown, "USXYZ", "no post \"USXYZ\" is known; given as USXYZ")],
        ),
        (
            "a post of no table on the classification line",
            Plain,
            &[("A L OSLO", "A L QQXY")],
            &[(PostUnknown, "C O N F I D E N T I A L QQXY 000461", "\"QQXY\" is no post that the table knows")],
        ),
        (
            "a number with a letter in a reference",
            Plain,
            &[("LONDON 13", "LONDON 1O3")],
            &[(ReferenceRepaired, "LONDON 1O3", "\"LONDON 1O3\" read as number 103")],
        ),
        (
            "words among the TAGS",
            Plain,
            &[("TAGS: KSCA", "TAGS: HERRING FISHERY, KSCA")],
            &[(TagsTerms, "HERRING FISHERY", "\"HERRING FISHERY\" is no TAG of State's lists; kept as a term")],
        ),
        (
            "a message that is cancelled",
            Plain,
            &[("SIPDIS\n", "SIPDIS\n\nZFR CANCEL TELEGRAM\n")],
            &[(Cancelled, "ZFR", "ZFR: the message, or one that it names, is cancelled")],
        ),
        (
            "a post misspelt in a reference",
            Plain,
            &[("LONDON", "LONDDON")],
            &[(PostMisspelt, "LONDDON", "\"LONDDON\" read as LONDON")],
        ),
        (
            "a post misspelt on the classification line",
            Plain,
            &[("A L OSLO", "A L OSLLO")],
            &[(PostMisspelt, "C O N F I D E N T I A L OSLLO 000461", "\"OSLLO\" read as OSLO")],
        ),
        (
            "a name cut at the end of a line",
            Plain,
            &[("Kari T. Larsen", "Kari T. Lar\nsen")],
            &[(AuthorityRepaired, "Lar\nsen,", "\"Lar sen,\" read as one word, which the end of a line had cut")],
        ),
        (
            "no reason",
            Plain,
            &[(", for reasons 1.4 (b) and (d)", "")],
            &[(
                AuthorityIncomplete,
                "Kari T. Larsen, Counselor.",
                "no reason with its letters in \"Kari T. Larsen, Counselor.\"",
            )],
        ),
        (
            "no name",
            Plain,
            &[("Kari T. Larsen, Counselor, for", "For")],
            &[(AuthorityIncomplete, "For reasons 1.4 (b) and (d).", "no name in \"For reasons 1.4 (b) and (d).\"")],
        ),
        (
            "12 for 2",
            Plain,
            &[("2. (C)", "12. (C)")],
            &[(ParagraphNumberRepaired, "12.", "\"12.\" read as paragraph 2")],
        ),
        (
            "a year with a pilcrow",
            Plain,
            &[("and do", "¶2005. They do")],
            &[(ParagraphNumberRefused, "¶2005.", "\"¶2005.\" is no paragraph number here")],
        ),
        (
            "2 before all",
            Plain,
            &[("1. (C) ", "")],
            &[(ParagraphNumberGap, "2.", "the numbers begin at 2: 1 is missing")],
        ),
        (
            "a marked paragraph before 2",
            Plain,
            &[("1. (C)", "(C)")],
            &[(ParagraphNumberRepaired, "(C)", "a paragraph without a number read as paragraph 1")],
        ),
        ("5 after 2", Plain, &[("3. (U)", "5. (U)")], &[(ParagraphNumberGap, "5.", "5 follows 2: 2 missing")]),
        (
            "3 after 4",
            Plain,
            &[("3. (U) They", "3. (U) They may.\n\n4. (U) Or not.\n\n3. (U) They")],
            &[(ParagraphNumberOutOfOrder, "3.", "3 follows 4")],
        ),
        (
            "more lines than are read",
            Endless,
            &[],
            &[(LimitReached, "4. (U) Eels.", "not read: 2097152 lines stand before it")],
        ),
        (
            "an enclosed text",
            Plain,
            &[("3. (U)", "Begin text:\n\n1. (U)")],
            &[(ParagraphNumbersRestart, "1.", "the numbers start again after 2")],
        ),
        (
            "2 on the line of 1",
            Plain,
            &[("well.\n\n2.", "well. 2.")],
            &[(ParagraphInMidLine, "2.", "paragraph 2 begins in the middle of a line")],
        ),
        (
            "a bracket lost",
            Plain,
            &[("2. (C) They", "2. (C They")],
            &[(PortionMarkRepaired, "(C", "portion mark \"C\" read in spite of a lost bracket")],
        ),
        (
            "a mark above the whole",
            Plain,
            &[("2. (C) They", "2. (S/NF) They")],
            &[(PortionMarkDisagrees, "S/NF", "the highest portion mark is SECRET, the whole CONFIDENTIAL")],
        ),
        (
            "all marks below the whole",
            Plain,
            &[("1. (C)", "1. (U)"), ("2. (C)", "2. (SBU)")],
            &[(PortionMarkDisagrees, "U", "the highest portion mark is UNCLASSIFIED, the whole CONFIDENTIAL")],
        ),
        (
            "a heading without its line break",
            Plain,
            &[
                ("and do not come out.\n", "and do not come out. THE COUNTING OF FISH\n"),
                ("fjord\nand", "fjord at the foot of the old mountain, which is as deep as it is cold, and"),
            ],
            &[(
                HeadingAssumed,
                "THE COUNTING OF FISH",
                "words between the last sentence of a paragraph and the next number read as a heading",
            )],
        ),
        (
            "a rule in a line",
            Plain,
            &[("in the fjord\n", "in the fjord-------of old\n")],
            &[(RuleInText, "-------", "a row of dashes among the words of a line, under no heading")],
        ),
        (
            "the subject again",
            Plain,
            &[("and do not come", "SUBJECT: FISH\nand do not come")],
            &[(HeadLineInText, "SUBJECT", "a line of the text head, SUBJECT, is left in the body")],
        ),
        (
            "a page line between two halves",
            Plain,
            &[("fjord\nand", "fjord\n\nOSLO 00000461  002 OF 002\n\nand")],
            &[(SentenceJoined, "\n\nOSLO 00000461  002 OF 002\n\n", "a sentence cut by page furniture, joined")],
        ),
        (
            "SIPDIS on a line of the body",
            Plain,
            &[("fjord\nand", "fjord\nSIPDIS\nand")],
            &[
                (SentenceJoined, "\nSIPDIS\n", "a sentence cut by page furniture, joined"),
                (StampInText, "SIPDIS", "the caption SIPDIS in the middle of the text, taken out"),
            ],
        ),
        (
            "SIPDIS in a sentence",
            Plain,
            &[("fjord\nand", "fjord SIPDIS and")],
            &[(StampInText, "SIPDIS", "the caption SIPDIS in the middle of a line, taken out")],
        ),
        (
            "a name in small letters after the last sentence",
            Plain,
            &[("May.\n\nLARSEN", "May.  Halvorsen")],
            &[(SignatureAssumed, "Halvorsen", "\"Halvorsen\" read as the signature")],
        ),
        ("the signature after the last sentence", Plain, &[("May.\n\nLARSEN", "May.  HALVORSEN")], &[]),
        (
            "a sum off by one",
            Archive,
            &[("/021", "/022")],
            &[(DistributionSum, "/022 W", "the copies add up to 21, the block says 22; both are as written")],
        ),
        (
            "references in pieces of 36",
            Archive,
            &[("Copy: SINGLE\n", "Copy: SINGLE\nReference: STATE 87345, QUITO 77, REPEATED TO U, SCINCSO\n")],
            &[
                (
                    AttributeRepaired,
                    "STATE 87345, QUITO 77, REPEATED TO U, SCINCSO",
                    "the archive broke the references after 36 characters; read as \"STATE 87345, QUITO \
             77, REPEATED TO USCINCSO\"",
                ),
                (
                    FilledFromAttributes,
                    "STATE 87345, QUITO 77, REPEATED TO U, SCINCSO",
                    "references \"STATE 87345, QUITO 77, REPEATED TO USCINCSO\" was taken from the Message \
             Attributes; the text has none",
                ),
            ],
        ),
        (
            "a section without its page line",
            Plain,
            &[("OSLO 000461", "SECTION 01 OF 03 OSLO 000461"), ("2. (C)", "OSLO 00000461  003 OF 003\n\n2. (C)")],
            &[(SectionMissing, "OSLO 00000461  003 OF 003", "of 3 sections no page line names 2")],
        ),
        (
            "attributes that say another level",
            Archive,
            &[("Copy: SINGLE\n", "Copy: SINGLE\nOriginal Classification: SECRET\n")],
            &[(
                AttributeDisagrees,
                "SECRET",
                "classification: the text says \"UNCLASSIFIED\", the Message Attributes \"SECRET\"; the text counts",
            )],
        ),
        (
            "attributes of another message",
            Archive,
            &[
                ("Number: 1974QUITO03208", "Number: 1974QUITO03209"),
                ("Draft Date: 14", "Draft Date: 15"),
                ("From: QUITO", "From: BERN"),
            ],
            &[
                (
                    AttributeDisagrees,
                    "15 MAY 1974",
                    "day: the text says \"1974-05-14\", the Message Attributes \"1974-05-15\"; the text counts",
                ),
                (
                    AttributeDisagrees,
                    "1974QUITO03209",
                    "number: the text says \"3208\", the Message Attributes \"3209\"; the text counts",
                ),
                (
                    AttributeDisagrees,
                    "BERN",
                    "originator: the text says \"AMEMBASSY QUITO\", the Message Attributes \"BERN\"; the text counts",
                ),
            ],
        ),
        (
            "TAGS that an indexer added",
            Archive,
            &[("Subject: ORCHIDS\nTAGS: SCUL, EC", "Subject: ORCHIDS\nTAGS: SCUL, EC, US")],
            &[(AttributesAdd, "SCUL, EC, US", "TAGS: the Message Attributes add \"US\"")],
        ),
        (
            "no message text",
            AttributesAlone,
            &[],
            &[
                (TextMissing, WHOLE, "no message text; the cable is made of the Message Attributes alone"),
                (
                    FilledFromAttributes,
                    "1974QUITO03208",
                    "no date-time group; the year 1974 was taken from the Message Attributes",
                ),
                (
                    FilledFromAttributes,
                    "1974QUITO03208",
                    "number 3208 was taken from the Message Attributes; no classification line has one",
                ),
                (
                    FilledFromAttributes,
                    "1974QUITO03208",
                    "post QUITO was taken from the Message Attributes; the text has none",
                ),
                (
                    FilledFromAttributes,
                    "QUITO",
                    "originator \"QUITO\" was taken from the Message Attributes; the text has none",
                ),
                (
                    FilledFromAttributes,
                    "ORCHIDS",
                    "subject \"ORCHIDS\" was taken from the Message Attributes; the text has none",
                ),
                (
                    FilledFromAttributes,
                    "SCUL, EC",
                    "TAGS \"SCUL, EC\" was taken from the Message Attributes; the text has none",
                ),
            ],
        ),
        (
            "text lost",
            Archive,
            &[("1. THEY GROW", "1. THEY GROW *\n   ********LLY ALONG THE WALL, THEY GROW")],
            &[(TextLost, "********", "text is lost here: a row of signs or the archive's own words stand for it")],
        ),
        (
            "apostrophes lost",
            Plain,
            &[("They swim in the fjord", "The fjord?s fish, the town?s gulls and\nthe board?s terns swim")],
            &[(SignsChanged, "?s", "\"?s\" in place of \"'s\" in 3 places; the text is as written")],
        ),
        (
            "a line twice",
            Plain,
            &[("and do not", "where the old ferries sail all day,\nQwhere the old ferries sail all day,\nand do not")],
            &[(
                LineRepeated,
                "where the old ferries sail all day,\nQwhere the old ferries sail all day,",
                "a line that stands twice, a letter of it garbled; both are as written",
            )],
        ),
        (
            "quotation marks doubled",
            Plain,
            &[("They swim in the fjord", "They \"\"swim\"\" in the fjord")],
            &[(
                CopyingUndone,
                "\"swim\"\"",
                "each quotation mark is doubled, as in a file of comma-separated values; one of two taken out",
            )],
        ),
        (
            "a label with a letter wrong",
            Plain,
            &[("SUBJECT: FISH", "SUBJEKT: FISH")],
            &[(LabelRepaired, "SUBJEKT:", "\"SUBJEKT:\" read as the label SUBJECT")],
        ),
        (
            "a caption with a letter wrong",
            Plain,
            &[("SIPDIS\n", "SIPDIZ\n")],
            &[(CaptionRepaired, "SIPDIZ", "\"SIPDIZ\" read as the caption SIPDIS")],
        ),
        (
            "TAGS without their label",
            Archive,
            &[("TAGS: SCUL, EC\nSUBJ", "SCUL, EC\nSUBJ")],
            &[(LabelLost, "SCUL, EC", "\"SCUL, EC\" has no label; read as TAGS")],
        ),
        (
            "references without their label",
            Archive,
            &[("SUBJ: ORCHIDS\n", "SUBJ: ORCHIDS\n\nA. QUITO 77\n")],
            &[(LabelLost, "A. QUITO 77", "\"A. QUITO 77\" has no label; read as a reference")],
        ),
        (
            "the number in place of another",
            Archive,
            &[
                ("UNCLAS QUITO 3208\n", "UNCLAS QUITO 3208\nC O R R E C T E D  C O P Y  (MRN 3209 VICE 3208)\n"),
                ("1974QUITO03208", "1974QUITO03209"),
            ],
            &[(MrnDisagrees, "(MRN 3209 VICE 3208)", "number 3209 in place of 3208, as the corrected copy says")],
        ),
        (
            "a subject that only the attributes have",
            Archive,
            &[("SUBJ: ORCHIDS\n", "")],
            &[(
                FilledFromAttributes,
                "ORCHIDS",
                "subject \"ORCHIDS\" was taken from the Message Attributes; the text has none",
            )],
        ),
    ]
}

/// The bytes of a case: UTF-8, but Windows-1252 where the case is about that.
fn bytes((_, base, edits, says): &Case) -> Vec<u8> {
    let mut text = base.text();
    for (from, to) in *edits {
        assert!(text.contains(from), "{from:?} is not in {base:?}");
        text = text.replacen(from, to, 1);
    }
    if says.iter().any(|(code, ..)| *code == EncodingAssumed) {
        return text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    }
    text.into_bytes()
}

fn parse<'a>(decoded: &'a Decoded<'_>, name: &str) -> Parsed<'a> {
    Parser::new().parse_decoded(decoded, None).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Fails with all that went wrong at once.
fn report(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn of_the_bases_nothing_is_said() {
    for text in [PLAIN, ARCHIVE] {
        assert_eq!(cablegram::parse(text).unwrap().diagnostics, []);
    }
}

#[test]
fn codes_places_and_words() {
    let mut faults = Vec::new();
    for case in cases() {
        let (name, _, _, says) = case;
        let bytes = bytes(&case);
        let decoded = decode(&bytes);
        let parsed = parse(&decoded, name);
        let slice = |span: Span| match span.slice(&decoded.text) {
            Some(slice) if slice == decoded.text => WHOLE,
            Some(slice) => slice,
            None => "out of bounds, or inside a character",
        };
        let wording: Vec<_> = parsed.diagnostics.iter().map(|d| (d.code, slice(d.span), d.message.as_str())).collect();
        if wording != says {
            faults.push(format!("{name}:\n  said   {wording:?}\n  wanted {says:?}"));
        }
    }
    report(&faults);
}

#[test]
fn every_code_has_a_case() {
    let wording: BTreeSet<DiagnosticCode> =
        cases().iter().flat_map(|(.., says)| says.iter().map(|(code, ..)| *code)).collect();
    let missing: Vec<_> = DiagnosticCode::ALL
        .iter()
        .filter(|code| !wording.contains(code) && **code != DiagnosticCode::SectionsJoined)
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn names_of_cases_are_unique() {
    let names: BTreeSet<_> = cases().iter().map(|(name, ..)| *name).collect();
    assert_eq!(names.len(), cases().len());
}

#[test]
fn severities_are_those_of_the_codes_and_the_order_is_that_of_the_text() {
    for case in cases() {
        let bytes = bytes(&case);
        let decoded = decode(&bytes);
        let diagnostics = parse(&decoded, case.0).diagnostics;
        for wording in &diagnostics {
            assert_eq!(wording.severity, wording.code.severity(), "{}: {wording}", case.0);
        }
        // What decoding says stands first.
        let starts: Vec<_> = diagnostics.iter().filter(|d| d.code != EncodingAssumed).map(|d| d.span.start).collect();
        assert!(starts.is_sorted(), "{}: {starts:?}", case.0);
    }
}

#[test]
fn regions_partition_every_text() {
    for case in cases() {
        let bytes = bytes(&case);
        let decoded = decode(&bytes);
        let parsed = parse(&decoded, case.0);
        let mut at = 0;
        for region in &parsed.regions {
            assert_eq!(region.span.start, at, "{}: a gap or an overlap", case.0);
            assert!(region.span.slice(&decoded.text).is_some_and(|s| !s.is_empty()), "{}: {region:?}", case.0);
            at = region.span.end;
        }
        assert_eq!(at, decoded.text.len(), "{}", case.0);
    }
}

#[test]
fn the_strict_parser_refuses_all_but_notes() {
    let strict = Parser::new().strict(true);
    for case in cases() {
        let bytes = bytes(&case);
        let decoded = decode(&bytes);
        let parsed = parse(&decoded, case.0);
        let first = parsed.diagnostics.iter().find(|d| d.severity > Severity::Note);
        match (strict.parse_decoded(&decoded, None), first) {
            (Ok(accepted), None) => assert_eq!(accepted, parsed, "{}", case.0),
            (Err(error @ ParseError::Strict(_)), Some(first)) => {
                let rejected: Vec<_> = error.rejected().collect();
                assert_eq!(rejected.first(), Some(&first), "{}", case.0);
                assert!(rejected.iter().all(|diagnostic| diagnostic.severity > Severity::Note), "{}", case.0);
                let ParseError::Strict(whole) = error else { continue };
                assert_eq!(*whole, parsed, "{}", case.0);
            }
            (other, first) => panic!("{}: {other:?}, though the first fault is {first:?}", case.0),
        }
    }
}

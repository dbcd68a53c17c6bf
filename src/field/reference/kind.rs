//! What a reference that is no cable refers to, identified by its words.

use super::ReferenceKind;

/// Words that tell what is referred to.
#[rustfmt::skip] // A word a line would be long.
const WORDS: [(ReferenceKind, &[&str]); 6] = [
    (ReferenceKind::Iir, &["IIR", "IIRS"]),
    (ReferenceKind::Email, &["EMAIL", "EMAILS", "E-MAIL", "E-MAILS", "E-MAILED", "EMAILED"]),
    (ReferenceKind::Telcon, &[
        "TELCON", "TELCONS", "TELECON", "TELECONS", "TELECOM", "TELECOMS", "TELCOM", "PHONE", "PHONECON",
        "PHONECONS", "TELEPHONE", "TELEPHONED", "PHONCON", "FONECON", "FONCON", "SVTC", "SVTCS", "DVC", "DVCS",
        "VTC", "CALL", "CALLS", "CONVERSATION", "CONVERSATIONS", "TELEPHONIC", "TELECONFERENCE", "VIDEOCONFERENCE",
    ]),
    (ReferenceKind::OscReport, &["OSC", "FBIS"]),
    (ReferenceKind::Message, &["DTG"]),
    (ReferenceKind::Document, &[
        "FAM", "FAH", "CFR", "USC", "PAPER", "PAPERS", "NONPAPER", "NON-PAPER", "REPORT", "REPORTS", "REPORTING",
        "LETTER", "LETTERS", "MEMO", "MEMOS", "MEMORANDUM", "MEMCON", "MEMCONS", "WEBSITE", "WEB", "WEBPAGE",
        "SITE", "PAGE", "DAILY", "NEWSLETTER", "BULLETIN", "NOTE", "NOTES", "NOTICE", "UNSC", "UNSCR", "UNSCRS",
        "UNGA", "RESOLUTION", "TREATY", "AGREEMENT", "CONVENTION", "ARTICLE", "ARTICLES", "SURVEY", "MANUAL",
        "HANDBOOK", "DOCUMENT", "DOCUMENTS", "DOC", "PLAN", "STATEMENT", "GUIDANCE", "GUIDELINES", "REGULATION",
        "REGULATIONS", "REGS", "ACT", "FAX", "FACSIMILE", "PUBLICATION", "STUDY", "BRIEF", "BRIEFING", "BOOK",
        "JOURNAL", "MAGAZINE", "NEWSPAPER", "PRESS", "ALDAC", "APPENDIX", "HTTP", "HTTPS", "WWW", "FILE",
        "CONTRACT", "GRANT", "TD", "TDS", "POUCH", "POUCHED", "OI", "OM", "INSTRUCTION", "DIRECTIVE", "PROPOSAL", "REVIEW",
        "ASSESSMENT", "ESTIMATE", "NIE", "CD", "EO", "E.O",
    ]),
];

/// What a word says of the thing referred to.
pub(super) fn of_word(word: &str) -> Option<ReferenceKind> {
    let word = word.trim_end_matches('.');
    WORDS.iter().find(|(_, words)| words.iter().any(|w| w.eq_ignore_ascii_case(word))).map(|(kind, _)| *kind)
}

/// What the words of an item speak for: the first kind of the list of which a word stands in it.
pub(super) fn of_text(text: &str) -> ReferenceKind {
    const RANK: [ReferenceKind; 6] = [
        ReferenceKind::Iir,
        ReferenceKind::Email,
        ReferenceKind::Telcon,
        ReferenceKind::OscReport,
        ReferenceKind::Message,
        ReferenceKind::Document,
    ];
    let rank = |kind: ReferenceKind| RANK.iter().position(|k| *k == kind);
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.'))).filter(|w| !w.is_empty());
    let by_word = words.filter_map(|word| {
        let parts = || word.split(['-', '.']).find_map(of_word);
        of_word(word).or_else(parts).or_else(|| is_osc_id(word).then_some(ReferenceKind::OscReport))
    });
    let by_number = || is_iir_number(text).then_some(ReferenceKind::Iir);
    let kind = by_word.min_by_key(|kind| rank(*kind)).or_else(by_number).unwrap_or(ReferenceKind::Other);
    let spaced = || {
        text.split(' ').zip(text.split(' ').skip(1)).any(|(e, mail)| {
            e.eq_ignore_ascii_case("E") && ["MAIL", "MAILS"].iter().any(|m| m.eq_ignore_ascii_case(mail))
        })
    };
    if kind != ReferenceKind::Iir && spaced() { ReferenceKind::Email } else { kind }
}

/// Whether a report begins here that is cited by letters and a number: `IIR 6 926 0058 09`, `TD-314/00123-09`.
pub(super) fn begins_report(text: &str) -> bool {
    // Four letters are more than any of them has.
    let letters = text.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..letters).unwrap_or_default();
    let number = text.strip_prefix(word).map(|rest| rest.trim_start_matches([' ', '-'])).unwrap_or_default();
    let by_letters = ["IIR", "TD"].iter().any(|letters| letters.eq_ignore_ascii_case(word));
    by_letters && number.starts_with(|c: char| c.is_ascii_digit()) || is_iir_number(text)
}

/// `iir-number = DIGIT SP 3DIGIT SP 4DIGIT SP 2DIGIT`
fn is_iir_number(text: &str) -> bool {
    // With the sign after it: no more of a long line is looked at.
    const LONGEST: usize = 14;
    let bytes = text.as_bytes();
    let mut parts = bytes.get(..LONGEST).unwrap_or(bytes).splitn(5, |b| matches!(b, b' ' | b',' | b';'));
    [1, 3, 4, 2]
        .into_iter()
        .all(|length| parts.next().is_some_and(|part| part.len() == length && part.iter().all(u8::is_ascii_digit)))
}

/// `osc-id = 3ALPHA 11*17DIGIT`: `EUP20090329950015`
fn is_osc_id(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    word.len() - digits.len() == 3 && (11..=17).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

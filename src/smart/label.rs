//! The labels of a record of SMART.

use crate::region::RegionKind;

/// A label of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Mrn,
    Date,
    From,
    Action,
    Info,
    Exempted,
    ExecutiveOrder,
    Tags,
    Captions,
    Reference,
    PassLine,
    Subject,
    Authority,
    Drafted,
    Cleared,
    Approved,
    Signature,
    /// One that stands after the text and has no field: its lines are a region, and nothing more.
    Trailer,
    /// One that stands before the text and has no field.
    Other,
}

/// The labels as they are compared: see [`fold`].
const LABELS: [(&str, Label); 34] = [
    ("MRN", Label::Mrn),
    ("DATE/DTG", Label::Date),
    ("DATE", Label::Date),
    ("DTG", Label::Date),
    ("FROM", Label::From),
    ("ACTION", Label::Action),
    ("TO", Label::Action),
    ("INFO", Label::Info),
    ("XMT", Label::Exempted),
    ("EO", Label::ExecutiveOrder),
    ("TAGS", Label::Tags),
    ("CAPTIONS", Label::Captions),
    ("CAPTION", Label::Captions),
    ("REFERENCES", Label::Reference),
    ("REFERENCE", Label::Reference),
    ("REF", Label::Reference),
    ("PASSLINE", Label::PassLine),
    ("PASSLINES", Label::PassLine),
    ("SUBJECT", Label::Subject),
    ("CLASSIFIEDBY", Label::Authority),
    ("DRAFTEDBY", Label::Drafted),
    ("CLEAREDBY", Label::Cleared),
    ("APPROVEDBY", Label::Approved),
    ("SIGNATURE", Label::Signature),
    ("RELEASEDBY", Label::Trailer),
    ("ATTACHMENTS", Label::Trailer),
    ("ATTACHMENT", Label::Trailer),
    ("DISSEMINATIONRULE", Label::Trailer),
    ("DECLASSIFYON", Label::Other),
    ("DERIVEDFROM", Label::Other),
    ("REASON", Label::Other),
    ("PRECEDENCE", Label::Other),
    ("SENSITIVITY", Label::Other),
    ("MESSAGETYPE", Label::Other),
];

/// Longer than any label as written, with spaces and stops.
const LONGEST: usize = 32;

impl Label {
    /// `label ":" value`: the label of a line, and what follows it.
    pub(super) fn of(line: &str) -> Option<(Self, &str)> {
        let (key, value) = line.trim_start().split_once(':')?;
        if key.len() > LONGEST || !key.is_ascii() {
            return None;
        }
        let is_key = |label: &str| fold(key.bytes()).eq(fold(label.bytes()));
        LABELS.iter().find(|(label, _)| is_key(label)).map(|(_, label)| (*label, value))
    }

    /// Whether it can open the lines after the text.
    pub(super) const fn is_of_trailer(self) -> bool {
        matches!(
            self,
            Self::Drafted
                | Self::Cleared
                | Self::Approved
                | Self::Signature
                | Self::Info
                | Self::Exempted
                | Self::Trailer
        )
    }

    /// Whether it stands after the text alone.
    pub(super) const fn is_of_trailer_alone(self) -> bool {
        self.is_of_trailer() && !matches!(self, Self::Info | Self::Exempted)
    }

    /// Whether a record has one line of it before the text: a second one is of the telegram inside.
    pub(super) const fn stands_once(self) -> bool {
        !matches!(self, Self::Action | Self::Info | Self::PassLine | Self::Other)
    }

    pub(super) const fn region(self) -> RegionKind {
        match self {
            Self::Mrn => RegionKind::ClassLine,
            Self::Date => RegionKind::Dtg,
            Self::From => RegionKind::From,
            Self::Action => RegionKind::To,
            Self::Info => RegionKind::Info,
            Self::Exempted => RegionKind::Exempted,
            Self::ExecutiveOrder => RegionKind::ExecutiveOrder,
            Self::Tags => RegionKind::Tags,
            Self::Captions => RegionKind::Caption,
            Self::Reference => RegionKind::Reference,
            Self::PassLine => RegionKind::PassLine,
            Self::Subject => RegionKind::Subject,
            Self::Authority => RegionKind::Authority,
            Self::Drafted | Self::Cleared | Self::Approved => RegionKind::Drafting,
            Self::Signature => RegionKind::Signature,
            Self::Trailer | Self::Other => RegionKind::Notice,
        }
    }
}

/// A label as it is compared: its letters in capitals without stops and spaces, those alike that recognition takes for each
/// other (`E.0.` is `E.O.`).
fn fold(label: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    label.filter(|b| !matches!(b, b'.' | b' ' | b'\t')).map(|b| match b.to_ascii_uppercase() {
        b'0' => b'O',
        b'1' | b'L' | b'|' | b'!' => b'I',
        b'5' => b'S',
        b'8' => b'B',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (line, want) in [
            ("MRN:        12 SUVA 418", Some((Label::Mrn, "        12 SUVA 418"))),
            ("Date/DTG: X", Some((Label::Date, " X"))),
            ("E.O.:  13526", Some((Label::ExecutiveOrder, "  13526"))),
            ("E.0.: 13526", Some((Label::ExecutiveOrder, " 13526"))),
            ("E.O: 13526", Some((Label::ExecutiveOrder, " 13526"))),
            ("TAG5: WS", Some((Label::Tags, " WS"))),
            ("lnfo: APIA, AMEMBASSY", Some((Label::Info, " APIA, AMEMBASSY"))),
            ("  pass line : X", Some((Label::PassLine, " X"))),
            ("XMT: APIA, AMEMBASSY", Some((Label::Exempted, " APIA, AMEMBASSY"))),
            ("Note: X", None),
            ("E.O. 12958: DECL", None),
            ("Subject", None),
            ("Sübject: X", None),
        ] {
            assert_eq!(Label::of(line), want, "{line}");
        }
    }
}

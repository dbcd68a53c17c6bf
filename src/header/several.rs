//! Several headers of one message: printed twice, with a teaser, or by another station that sent the message on. The one
//! that is the message's own counts; the others fill what it lacks where they do not contradict it.

use crate::field::addressee::Originator;
use crate::header::Header;

/// Which header is the message's own: the nearest to the classification line, of those whose originator is the post that
/// it names, where there are such.
pub(crate) fn own(headers: &[&Header<'_>], post: Option<&str>) -> usize {
    let from = |header: &Header<'_>| header.from.as_ref().and_then(Originator::post);
    let of_post = headers.iter().rposition(|header| post.is_some() && from(header) == post);
    let addressed = || headers.iter().rposition(|header| header.dtg.is_some() || header.from.is_some());
    of_post.or_else(addressed).unwrap_or(0)
}

impl<'a> Header<'a> {
    /// Whether another header may be of the same message: originator and date-time group do not differ.
    pub(crate) fn agrees_with(&self, other: &Header<'_>) -> bool {
        let from = match (&self.from, &other.from) {
            (Some(a), Some(b)) => a.name.eq_ignore_ascii_case(&b.name) || a.post().is_some() && a.post() == b.post(),
            _ => true,
        };
        let dtg = match (&self.dtg, &other.dtg) {
            (Some(a), Some(b)) => a.utc.is_none() || b.utc.is_none() || a.utc == b.utc,
            _ => true,
        };
        from && dtg
    }

    /// Takes format lines 5 to 9 from another header where this one lacks them; names what was taken.
    pub(crate) fn fill_from(&mut self, other: Header<'a>) -> Vec<&'static str> {
        let mut filled = Vec::new();
        let mut note = |name, taken: bool| filled.extend(taken.then_some(name));
        if self.dtg.is_none() && other.dtg.is_some() {
            let precedence = self.precedence.take().or(other.precedence);
            (self.dtg, self.dtg_span, self.precedence) = (other.dtg, other.dtg_span, precedence);
            note("date-time group", true);
        }
        if self.from.is_none() && other.from.is_some() {
            (self.from, self.from_span) = (other.from, other.from_span);
            note("originator", true);
        }
        if self.to.is_empty() && self.info.is_empty() && !(other.to.is_empty() && other.info.is_empty()) {
            (self.to, self.info, self.exempted) = (other.to, other.info, other.exempted);
            note("addressees", true);
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::dtg::CenturyRule;
    use crate::header::{Extent, read};
    use crate::lines::{Report, split};

    fn header(text: &'static str) -> Header<'static> {
        read(&split(text), Extent::AboveClassLine, CenturyRule::default(), &mut Report::default()).0
    }

    #[test]
    fn the_own_header() {
        let oslo = "R 142200Z MAY 06\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";
        let bern = "P 160910Z MAY 06\nFM AMEMBASSY BERN\nTO AMEMBASSY ROME\n";
        for (name, headers, post, want) in [
            ("readdressed", [bern, oslo], Some("OSLO"), 1),
            ("the other after it", [oslo, bern], Some("OSLO"), 0),
            ("twice", [oslo, oslo], Some("OSLO"), 1),
            ("no classification line", [oslo, bern], None, 1),
            ("addressees alone are none", [oslo, "TO SECSTATE WASHDC\n"], None, 0),
        ] {
            let headers = headers.map(header);
            assert_eq!(own(&headers.each_ref(), post), want, "{name}");
        }
    }

    #[test]
    fn what_another_header_fills() {
        let whole = "R 142200Z MAY 06\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";
        for (name, own, agrees, filled) in [
            ("nothing", whole, true, vec![]),
            ("originator", "R 142200Z MAY 06\nTO SECSTATE WASHDC\n", true, vec!["originator"]),
            ("date-time group", "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n", true, vec!["date-time group"]),
            ("addressees", "R 142200Z MAY 06\nFM AMEMBASSY OSLO\n", true, vec!["addressees"]),
            ("another time", "R 142300Z MAY 06\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n", false, vec![]),
            ("another post", "FM AMEMBASSY BERN\nTO SECSTATE WASHDC\n", false, vec!["date-time group"]),
        ] {
            let mut own = header(own);
            assert_eq!(own.agrees_with(&header(whole)), agrees, "{name}");
            assert_eq!(own.fill_from(header(whole)), filled, "{name}");
        }
    }
}

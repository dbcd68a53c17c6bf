//! Which of the places where a field can begin are places where one does: the cheapest explanation of all of them.
//!
//! Each candidate has so many points of evidence, and lowering the order of a message costs points. Candidates are taken or
//! left so that the sum is the greatest. As the cost of a candidate depends on the one taken before it and on no other, one
//! pass with a best sum for each [`Start`] solves it, in time linear in the candidates.
//!
//! | step from one start to the next | points it costs |
//! |---|---|
//! | to a later one of header, classification line, text head | 0 |
//! | from one addressee to the next | 0 |
//! | to the same one again | 3 |
//! | back to an earlier one of the text head, as REF before SUBJECT | 2 |
//! | back to an earlier one of the header | 4 |
//! | from one caption to the next | 0 |
//! | back to the classification line or a caption, or from the text head to the header | 7 |
//! | to a second classification line | 12 |
//! | to the first paragraph from a header, or right after a caption, E.O. or TAGS | 4 |
//! | from the first paragraph to anything | more than any evidence |

use crate::label::Start;

/// A place where a field can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Index of its line.
    pub(crate) line: usize,
    /// Offset in the line's text.
    pub(crate) at: usize,
    pub(crate) start: Start,
    /// How much speaks for it; [`AT_LINE_START`] where its line begins with it.
    pub(crate) evidence: u8,
}

/// The evidence of a label at the start of a line.
pub(crate) const AT_LINE_START: u8 = 40;

/// Nothing has so much evidence.
const NEVER: i32 = 1000;

/// What it costs to go from one start to the next.
fn disorder(from: Option<Start>, to: Start) -> i32 {
    use Start::{Addressee, Body, Caption, ClassLine, ExecutiveOrder, Tags};
    let Some(from) = from else { return if matches!(to, Body | Caption) { 6 } else { 0 } };
    match (from, to) {
        (Body, _) => NEVER,
        (ExecutiveOrder | Tags | Caption, Body) => 4,
        (_, Body) if from.is_of_header() => 4,
        (Addressee, Addressee) | (Caption, Caption) => 0,
        (ClassLine, ClassLine) => 12,
        _ if from == to => 3,
        _ if from < to => 0,
        _ if from.is_of_header() => 4,
        (_, ClassLine | Caption) => 7,
        _ if to.is_of_header() => 7,
        _ => 2,
    }
}

/// A candidate that was taken, and the one taken before it.
#[derive(Clone, Copy, Debug)]
struct Step {
    candidate: Candidate,
    before: Option<usize>,
}

/// The best sum that ends with a start, and its last step.
#[derive(Clone, Copy, Debug)]
struct Best {
    points: i32,
    step: usize,
}

/// The candidates that begin a field, in their order.
pub(crate) fn assign(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut best: [Option<Best>; Start::COUNT] = [None; Start::COUNT];
    let mut steps: Vec<Step> = Vec::with_capacity(candidates.len());
    for &candidate in candidates {
        let first = (-disorder(None, candidate.start), None);
        let after = |step: Best| {
            let from = steps.get(step.step).map(|step| step.candidate.start);
            (step.points - disorder(from, candidate.start), Some(step.step))
        };
        let before = best.iter().flatten().map(|step| after(*step)).chain([first]);
        let Some((points, before)) = before.max_by_key(|(points, _)| *points) else { continue };
        let points = points + i32::from(candidate.evidence);
        let own = best.get_mut(candidate.start as usize);
        if let Some(own) = own.filter(|own| own.is_none_or(|own| own.points < points)) {
            *own = Some(Best { points, step: steps.len() });
            steps.push(Step { candidate, before });
        }
    }
    let mut last = best.iter().flatten().max_by_key(|best| best.points).map(|best| best.step);
    let mut taken = Vec::with_capacity(steps.len());
    while let Some(step) = last.and_then(|last| steps.get(last)) {
        taken.push(step.candidate);
        last = step.before;
    }
    taken.reverse();
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use Start::{Addressee, Authority, Body, ClassLine, Dtg, ExecutiveOrder, From, Info, Reference, Subject, Tags, To};

    /// A name, candidates with their evidence, and which of them are taken.
    type Case<'c> = (&'c str, &'c [(Start, u8)], &'c [usize]);

    fn taken(starts: &[(Start, u8)]) -> Vec<usize> {
        let candidate = |(at, (start, evidence)): (usize, &(Start, u8))| Candidate {
            line: 0,
            at,
            start: *start,
            evidence: *evidence,
        };
        let candidates: Vec<_> = starts.iter().enumerate().map(candidate).collect();
        assign(&candidates).iter().map(|candidate| candidate.at).collect()
    }

    #[test]
    fn the_greatest_sum_is_taken() {
        let cases: [Case<'_>; 9] = [
            ("nothing", &[], &[]),
            (
                "a flattened message",
                &[(Dtg, 9), (From, 8), (To, 7), (Addressee, 7), (Info, 7), (ClassLine, 10), (Tags, 6), (Subject, 6)],
                &[0, 1, 2, 3, 4, 5, 6, 7],
            ),
            ("REF before SUBJECT", &[(Tags, 6), (Reference, 6), (Subject, 6)], &[0, 1, 2]),
            ("a weak one out of order", &[(Subject, 40), (Reference, 40), (Tags, 2)], &[0, 1]),
            ("a second list without its colon", &[(Reference, 40), (Reference, 3)], &[0]),
            ("an address after the head", &[(Subject, 40), (To, 7)], &[0]),
            ("nothing after the text", &[(Subject, 40), (Body, 7), (Reference, 6)], &[0, 1]),
            ("a number in a list of TAGS", &[(Tags, 40), (Body, 3), (Subject, 40)], &[0, 2]),
            ("the text after the authority", &[(Subject, 40), (Authority, 5), (Body, 3)], &[0, 1, 2]),
        ];
        for (name, starts, want) in cases {
            assert_eq!(taken(starts), want, "{name}");
        }
        assert_eq!(taken(&[(ExecutiveOrder, 6), (Subject, 6), (Tags, 6)]), [0, 1, 2]);
    }

    #[test]
    fn each_candidate_is_looked_at_once() {
        let many: Vec<_> = (0..100_000).map(|_| (Addressee, 7)).collect();
        assert_eq!(taken(&many).len(), many.len());
    }
}

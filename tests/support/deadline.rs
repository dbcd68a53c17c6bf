//! Work that must end: a reading that hangs fails its test and does not hang it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Far longer than any reading takes, on a busy machine too.
pub(crate) const LIMIT: Duration = Duration::from_secs(5);

/// A thread that does one piece of work after the other. One that hangs is left after; it ends with the tests.
#[derive(Debug)]
pub(crate) struct Worker<I, O> {
    work: fn(&I) -> O,
    to: mpsc::Sender<I>,
    from: mpsc::Receiver<O>,
}

impl<I: Send + 'static, O: Send + 'static> Worker<I, O> {
    pub(crate) fn new(work: fn(&I) -> O) -> Self {
        let (to, inputs) = mpsc::channel::<I>();
        let (outputs, from) = mpsc::channel();
        thread::spawn(move || inputs.iter().map(|input| work(&input)).all(|output| outputs.send(output).is_ok()));
        Self { work, to, from }
    }

    /// What the work gives; an error when it panics or takes longer than [`LIMIT`], after which a fresh thread goes on.
    pub(crate) fn run(&mut self, input: I) -> Result<O, String> {
        let sent = self.to.send(input).is_ok();
        let reason = match self.from.recv_timeout(LIMIT) {
            Ok(output) if sent => return Ok(output),
            Err(mpsc::RecvTimeoutError::Timeout) => format!("no end after {} s", LIMIT.as_secs()),
            _ => "it panicked".to_owned(),
        };
        *self = Self::new(self.work);
        Err(reason)
    }
}

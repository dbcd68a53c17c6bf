//! Work on many cores whose results keep the order of the input.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The results of work on many cores, in the order of the items.
pub(crate) struct InOrder<R> {
    results: Receiver<Receiver<R>>,
    /// The next result, which is still worked on.
    next: Option<Receiver<R>>,
}

/// What comes next.
pub(crate) enum Next<R> {
    Result(R),
    /// Nothing came while it was waited; whether anything is worked on.
    Waiting {
        is_working: bool,
    },
    /// A thread died with its work.
    Died,
    End,
}

/// Does `work` on each item in `jobs` threads, and gives the results in the order of the items.
///
/// One thread more reads the items. No more than a few items for each job are under way, so memory stays bounded; when
/// the results are dropped, all threads end.
pub(crate) fn in_order<T: Send + 'static, R: Send + 'static>(
    items: impl Iterator<Item = T> + Send + 'static,
    jobs: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> InOrder<R> {
    let (to_workers, tasks) = sync_channel::<(T, SyncSender<R>)>(jobs * 2);
    let (to_writer, results) = sync_channel::<Receiver<R>>(jobs * 2);
    thread::spawn(move || {
        for item in items {
            let (answer, result) = sync_channel(1);
            if to_writer.send(result).is_err() || to_workers.send((item, answer)).is_err() {
                return;
            }
        }
    });
    let (tasks, work) = (Arc::new(Mutex::new(tasks)), Arc::new(work));
    for _ in 0..jobs {
        let (tasks, work) = (Arc::clone(&tasks), Arc::clone(&work));
        thread::spawn(move || {
            let next = || tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok((item, answer)) = next() {
                // Nobody waits for it any more: the next one reports that to the reader.
                let _ = answer.send(work(item));
            }
        });
    }
    InOrder { results, next: None }
}

impl<R> InOrder<R> {
    /// The next result, where it comes in that time.
    pub(crate) fn next(&mut self, patience: Duration) -> Next<R> {
        let next = match self.next.take() {
            Some(next) => next,
            None => match self.results.recv_timeout(patience) {
                Ok(next) => next,
                Err(RecvTimeoutError::Timeout) => return Next::Waiting { is_working: false },
                Err(RecvTimeoutError::Disconnected) => return Next::End,
            },
        };
        match next.recv_timeout(patience) {
            Ok(result) => Next::Result(result),
            Err(RecvTimeoutError::Disconnected) => Next::Died,
            Err(RecvTimeoutError::Timeout) => {
                self.next = Some(next);
                Next::Waiting { is_working: true }
            }
        }
    }
}

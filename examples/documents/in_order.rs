//! Work on many cores whose results keep the order of the input.

use std::sync::mpsc::{Receiver, RecvError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Does `work` on each item in `jobs` threads, and gives the results in the order of the items.
///
/// One thread more reads the items. No more than a few items for each job are under way, so memory stays bounded; when
/// the results are dropped, all threads end. A result is an error when its thread died.
pub(crate) fn in_order<T: Send + 'static, R: Send + 'static>(
    items: impl Iterator<Item = T> + Send + 'static,
    jobs: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> impl Iterator<Item = Result<R, RecvError>> {
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
                // Nobody waits for it any more: the next one tells the reader.
                let _ = answer.send(work(item));
            }
        });
    }
    results.into_iter().map(|result| result.recv())
}

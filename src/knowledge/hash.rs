//! The hash by which the tables are searched. `build.rs` includes this file: it must hash as the look-up does.

/// A number that differs for different texts, as far as the tables need it.
///
/// Most texts are read at once: the first eight bytes as one number.
pub(super) fn hash(text: &[u8]) -> u64 {
    let with = |state: u64, bytes| mix(state.rotate_left(23) ^ bytes);
    let (chunks, rest) = text.as_chunks();
    let state = chunks.iter().fold(text.len() as u64, |state, chunk| with(state, u64::from_be_bytes(*chunk)));
    let bytes = rest.iter().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte));
    if rest.is_empty() { state } else { with(state, bytes) }
}

/// The slot of a text whose hash is `hash`, under the seed of its bucket; `slots` is a power of two.
pub(super) fn slot(hash: u64, seed: u16, slots: usize) -> usize {
    // The highest bits are the best mixed ones.
    let high = mix(hash ^ u64::from(seed)) >> 32;
    usize::try_from(high).unwrap_or(0) & slots.wrapping_sub(1)
}

/// The bucket of a text whose hash is `hash`; `buckets` is a power of two.
pub(super) fn bucket(hash: u64, buckets: usize) -> usize {
    usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & buckets.wrapping_sub(1)
}

/// Spreads each bit over the others.
fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number ^ number >> 32
}

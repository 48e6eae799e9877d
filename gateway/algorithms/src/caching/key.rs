//! Keys of what is stored, made of parts that cannot be mistaken for one another.

/// Writes a part of a key behind its length: no two lists of parts are written alike unless they are equal, whatever
/// characters a client puts into them.
pub fn write_part(part: &[u8], write: &mut impl FnMut(&[u8])) {
    write(&(part.len() as u64).to_le_bytes());
    write(part);
}

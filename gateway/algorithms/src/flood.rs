//! Floods of HTTP/2 frames (RFC 9113) that ask for nothing.
//!
//! A frame of `SETTINGS` or `PING` has to be answered, and one of most other kinds at least to be looked at. None of them is
//! a request or a part of one, so no limit of requests or of bytes holds them (RFC 9113, section 10.5). A [`Meter`] hears the
//! bytes of a client before they are decoded, reads the head of each frame and steps over the rest.

/// What a client sends before its first frame (RFC 9113, section 3.4).
const PREFACE: u64 = 24;
/// Bytes of a frame's head.
const HEAD: usize = 9;
/// Frames are counted for so long, in milliseconds.
const WINDOW: u64 = 1000;

/// A place in what one client sends, with the frames that were counted of late.
#[derive(Clone, Debug)]
pub struct Meter {
    /// Bytes up to the head of the next frame.
    skip: u64,
    head: [u8; HEAD],
    /// How much of the head is there.
    have: usize,
    since: u64,
    frames: u32,
}

/// There were too many frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are too many control frames in a second")]
pub struct Flood;

impl Default for Meter {
    fn default() -> Self {
        Self::new()
    }
}

impl Meter {
    /// At the start of a connection.
    #[must_use]
    pub const fn new() -> Self {
        Self { skip: PREFACE, head: [0; HEAD], have: 0, since: 0, frames: 0 }
    }

    /// Hears the next bytes, at `now` in milliseconds from any moment that stays the same.
    ///
    /// # Errors
    /// [`Flood`] when they bring the control frames of a second above `most`.
    pub fn hear(&mut self, mut piece: &[u8], now: u64, most: u32) -> Result<(), Flood> {
        while !piece.is_empty() {
            if self.skip > 0 {
                let skipped = piece.len().min(usize::try_from(self.skip).unwrap_or(usize::MAX));
                self.skip -= skipped as u64;
                piece = &piece[skipped..];
                continue;
            }
            let taken = piece.len().min(HEAD - self.have);
            self.head[self.have..self.have + taken].copy_from_slice(&piece[..taken]);
            self.have += taken;
            piece = &piece[taken..];
            if self.have == HEAD {
                self.begins_frame(now, most)?;
            }
        }
        Ok(())
    }

    fn begins_frame(&mut self, now: u64, most: u32) -> Result<(), Flood> {
        let [first, second, third, kind, flags, ..] = self.head;
        let length = u32::from_be_bytes([0, first, second, third]);
        (self.skip, self.have) = (length.into(), 0);
        if !is_control(kind, flags, length) {
            return Ok(());
        }
        if now.saturating_sub(self.since) >= WINDOW {
            (self.since, self.frames) = (now, 0);
        }
        self.frames = self.frames.saturating_add(1);
        if self.frames > most { Err(Flood) } else { Ok(()) }
    }
}

/// Whether a frame asks for nothing. `WINDOW_UPDATE` is none of those, since clients that read fast send many.
fn is_control(kind: u8, flags: u8, length: u32) -> bool {
    const DATA: u8 = 0;
    const HEADERS: u8 = 1;
    const WINDOW_UPDATE: u8 = 8;
    const CONTINUATION: u8 = 9;
    const END_STREAM: u8 = 1;
    match kind {
        DATA => length == 0 && flags & END_STREAM == 0,
        CONTINUATION => length == 0,
        HEADERS | WINDOW_UPDATE => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame with a payload of so many bytes.
    fn frame(kind: u8, flags: u8, length: u8) -> Vec<u8> {
        let mut frame = vec![0, 0, length, kind, flags, 0, 0, 0, 1];
        frame.extend(vec![6; length.into()]);
        frame
    }

    /// A connection that begins with so many of these frames.
    fn begun(frame: &[u8], count: usize) -> Vec<u8> {
        [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame.repeat(count)].concat()
    }

    #[test]
    fn control_frames_are_counted_in_whatever_pieces_they_come() {
        for kind in [2, 3, 4, 5, 6, 7, 10, 200] {
            for (frames, expected) in [(10, Ok(())), (11, Err(Flood))] {
                let bytes = begun(&frame(kind, 0, 8), frames);
                for piece in [1, 7, 9, 17, 1000] {
                    let mut meter = Meter::new();
                    let heard: Result<(), Flood> = bytes.chunks(piece).try_for_each(|it| meter.hear(it, 0, 10));
                    assert_eq!(heard, expected, "kind {kind} in pieces of {piece}");
                }
            }
        }
    }

    #[test]
    fn requests_bodies_and_windows_are_not_counted() {
        for (kind, flags, length) in [(0, 0, 1), (0, 1, 0), (1, 4, 0), (8, 0, 4), (9, 4, 5)] {
            assert_eq!(Meter::new().hear(&begun(&frame(kind, flags, length), 1000), 0, 0), Ok(()), "kind {kind}");
        }
        for kind in [0, 9] {
            assert_eq!(Meter::new().hear(&begun(&frame(kind, 0, 0), 1), 0, 0), Err(Flood), "empty, kind {kind}");
        }
    }

    #[test]
    fn each_second_has_frames_of_its_own() {
        let mut meter = Meter::new();
        assert_eq!(meter.hear(&begun(&frame(6, 0, 8), 10), 5_000, 10), Ok(()));
        assert_eq!(meter.clone().hear(&frame(6, 0, 8), 5_999, 10), Err(Flood));
        assert_eq!(meter.hear(&frame(6, 0, 8).repeat(10), 6_000, 10), Ok(()));
        assert_eq!(meter.hear(&frame(6, 0, 8), 6_000, 10), Err(Flood));
    }
}

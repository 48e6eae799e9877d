//! Where frames of a WebSocket (RFC 6455, section 5) begin and end, for who passes them on and has a word to say at the end.
//!
//! Frames go through unread. But a close frame of one's own fits only between two frames, so their heads are followed.

/// Bytes of the longest head: two, a length of eight, a mask of four.
const LONGEST_HEAD: usize = 14;

/// What a close frame says when who sends it goes away (RFC 6455, section 7.4.1).
const GOING_AWAY: [u8; 2] = 1001u16.to_be_bytes();

/// A place in the frames of one direction.
#[derive(Clone, Debug)]
pub struct Frames {
    head: [u8; LONGEST_HEAD],
    /// How much of the head is there.
    have: usize,
    /// Bytes of the payload that are still to come.
    payload: u64,
    has_closed: bool,
}

impl Default for Frames {
    fn default() -> Self {
        Self::new()
    }
}

impl Frames {
    /// Before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self { head: [0; LONGEST_HEAD], have: 0, payload: 0, has_closed: false }
    }

    /// Hears the next bytes.
    pub fn hear(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() {
            if self.payload > 0 {
                let passed = piece.len().min(usize::try_from(self.payload).unwrap_or(usize::MAX));
                self.payload -= passed as u64;
                piece = &piece[passed..];
                continue;
            }
            let taken = piece.len().min(self.length() - self.have);
            self.head[self.have..self.have + taken].copy_from_slice(&piece[..taken]);
            self.have += taken;
            piece = &piece[taken..];
            if self.have == self.length() {
                self.begins_payload();
            }
        }
    }

    /// Whether a close frame may come next: no frame is in the middle, and there was no close frame before.
    #[must_use]
    pub const fn may_close(&self) -> bool {
        self.have == 0 && self.payload == 0 && !self.has_closed
    }

    /// The length of the head, as far as that is known.
    fn length(&self) -> usize {
        if self.have < 2 {
            return 2;
        }
        let mask = if self.head[1] & 0x80 == 0 { 0 } else { 4 };
        let length = match self.head[1] & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        2 + length + mask
    }

    fn begins_payload(&mut self) {
        const CLOSE: u8 = 8;
        self.has_closed |= self.head[0] & 0x0f == CLOSE;
        self.payload = match self.head[1] & 0x7f {
            126 => u16::from_be_bytes([self.head[2], self.head[3]]).into(),
            127 => u64::from_be_bytes(std::array::from_fn(|at| self.head[2 + at])),
            length => length.into(),
        };
        self.have = 0;
    }
}

/// A close frame that says that this side goes away; from a client with the `mask` that its frames must have.
#[must_use]
pub fn going_away(mask: Option<[u8; 4]>) -> Vec<u8> {
    const CLOSE: [u8; 2] = [0x88, 2];
    match mask {
        None => [CLOSE, GOING_AWAY].concat(),
        Some(mask) => {
            let payload = [GOING_AWAY[0] ^ mask[0], GOING_AWAY[1] ^ mask[1]];
            [&[CLOSE[0], CLOSE[1] | 0x80][..], &mask, &payload].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frame(opcode: u8, mask: bool, length: usize) -> Vec<u8> {
        let bit = if mask { 0x80 } else { 0 };
        let mut frame = vec![0x80 | opcode];
        match length {
            0..126 => frame.push(bit | u8::try_from(length).unwrap()),
            126..0x1_0000 => {
                frame.push(bit | 126);
                frame.extend(u16::try_from(length).unwrap().to_be_bytes());
            }
            _ => {
                frame.push(bit | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend(vec![1; if mask { 4 } else { 0 }]);
        frame.extend(vec![0x88; length]);
        frame
    }

    #[test]
    fn a_close_frame_is_seen_once_and_none_may_follow() {
        let mut frames = Frames::new();
        frames.hear(&frame(1, false, 0x88));
        assert!(frames.may_close());
        frames.hear(&going_away(None));
        assert!(!frames.may_close());
        frames.hear(&frame(2, false, 0));
        assert!(!frames.may_close());
    }

    #[test]
    fn a_farewell_has_its_code_masked_or_not() {
        assert_eq!(going_away(None), [0x88, 2, 0x03, 0xe9]);
        let masked = going_away(Some([1, 2, 3, 4]));
        assert_eq!(masked, [0x88, 0x82, 1, 2, 3, 4, 0x03 ^ 1, 0xe9 ^ 2]);
    }

    proptest! {
        #[test]
        fn there_is_room_between_frames_and_nowhere_else(
            shapes in prop::collection::vec((0u8..3, any::<bool>(), prop_oneof![0usize..200, 65_500usize..65_600]), 1..5),
            piece in 1usize..300,
        ) {
            let all: Vec<Vec<u8>> = shapes.iter().map(|(opcode, mask, length)| frame(*opcode, *mask, *length)).collect();
            let mut ends = vec![0];
            for frame in &all {
                ends.push(ends[ends.len() - 1] + frame.len());
            }
            let (mut frames, mut at) = (Frames::new(), 0);
            for piece in all.concat().chunks(piece) {
                frames.hear(piece);
                at += piece.len();
                prop_assert_eq!(frames.may_close(), ends.contains(&at));
            }
        }
    }
}

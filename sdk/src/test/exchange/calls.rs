//! The hooks of one request, called through the bytes of the ABI.

use sluice_abi::{
    CHUNK_MAX,
    bytes::Writer,
    head::{self, RequestLine, Source, Summary},
    outcome::{Action, Operation, Outcome, Packed},
    wire::{Hooks, Wants},
};

use super::{
    super::{
        apply::{Changed, Subject, apply, fault_message},
        harness::Started,
        headers::Headers,
    },
    Exchange,
};
use crate::{
    Described,
    guest::{self, Configured, Out},
    sys::with_host,
};

/// A body that went through a chunk hook.
#[derive(Debug, Default)]
pub(super) struct Streamed {
    pub(super) body: Vec<u8>,
    pub(super) state: Vec<u8>,
    /// The hook broke it off, or failed with this message.
    pub(super) cut_off: Option<Option<String>>,
}

impl<P: Described> Exchange<'_, P> {
    /// Whether the plugin has a hook, in this configuration.
    pub(super) fn has(&self, hook: Hooks) -> bool {
        self.started().declaration.hooks.and(P::ABOUT.hooks).has(hook)
    }

    pub(super) fn started(&self) -> &Started<P> {
        self.harness.started.as_ref().expect("a request starts the harness")
    }

    pub(super) fn call_request(&mut self) -> Packed {
        let Started { declaration, .. } = self.harness.started.as_ref().expect("a request starts the harness");
        let wants = declaration.wants;
        let line = RequestLine {
            method: &self.method,
            content_length: self.content_length,
            path: &self.path,
            query: self.query.as_deref().filter(|_| wants.has(Wants::QUERY)),
            authority: Some(self.authority.as_str()).filter(|_| wants.has(Wants::AUTHORITY)),
            client_ip: Some(self.client_ip.as_str()).filter(|_| wants.has(Wants::CLIENT_IP)),
            consumer: self.consumer.as_deref().filter(|_| wants.has(Wants::CONSUMER)),
        };
        let mut head = Writer::new(&mut self.harness.input);
        head::write_request(&mut head, &line).expect("the head fits into 64 KiB");
        self.headers.write(&declaration.request_headers, &mut head);
        let len = head.len();
        self.call(|plugin, input, out| guest::on_request(plugin, &input[..len], out))
    }

    pub(super) fn call_response(&mut self, source: Source, state: &[u8]) -> Packed {
        let Started { declaration, .. } = self.harness.started.as_ref().expect("a request starts the harness");
        let mut head = Writer::new(&mut self.harness.input);
        head::write_response(&mut head, self.upstream.status, source, self.upstream.content_length)
            .expect("the head fits into 64 KiB");
        self.upstream.headers.write(&declaration.response_headers, &mut head);
        let len = head.len();
        self.call(|plugin, input, out| guest::on_response(plugin, &input[..len], state, out))
    }

    pub(super) fn call_body(&mut self, hook: Hooks, state: &[u8]) -> Packed {
        match hook {
            Hooks::REQUEST_BODY => self.call(|plugin, _, out| guest::on_request_body(plugin, state, out)),
            _ => self.call(|plugin, _, out| guest::on_response_body(plugin, state, out)),
        }
    }

    pub(super) fn call_log(&mut self, summary: &Summary<'_>, state: &[u8]) -> Option<String> {
        let mut written = Writer::new(&mut self.harness.input);
        head::write_summary(&mut written, summary).expect("the summary fits into 64 KiB");
        let len = written.len();
        let packed = self.call(|plugin, input, out| guest::on_log(plugin, &input[..len], state, out));
        (packed.action == Action::Fault).then(|| fault_message(self.harness.out.bytes()))
    }

    /// Sends a body through a chunk hook, piece by piece.
    pub(super) fn stream(&mut self, hook: Hooks, chunks: &[Vec<u8>], state: Vec<u8>) -> Streamed {
        let mut pieces: Vec<&[u8]> = chunks.iter().flat_map(|chunk| chunk.chunks(CHUNK_MAX)).collect();
        if pieces.is_empty() {
            pieces.push(&[]);
        }
        let mut streamed = Streamed { state, ..Streamed::default() };
        for (at, piece) in pieces.iter().enumerate() {
            let packed = self.call_chunk(hook, &streamed.state, piece, at + 1 == pieces.len());
            let out = self.harness.out.bytes();
            match packed.action {
                Action::Fault => streamed.cut_off = Some(Some(fault_message(out))),
                Action::Reset => streamed.cut_off = Some(None),
                _ => {
                    let (state, replaced) = chunk_outcome(out);
                    streamed.body.extend(replaced.unwrap_or(piece));
                    streamed.state = state.to_vec();
                }
            }
            if streamed.cut_off.is_some() {
                break;
            }
        }
        streamed
    }

    fn call_chunk(&mut self, hook: Hooks, state: &[u8], piece: &[u8], last: bool) -> Packed {
        match hook {
            Hooks::REQUEST_CHUNK => {
                self.call(|plugin, _, out| guest::on_request_chunk(plugin, state, piece, last, out))
            }
            _ => self.call(|plugin, _, out| guest::on_response_chunk(plugin, state, piece, last, out)),
        }
    }

    fn call(&mut self, hook: impl FnOnce(&Configured<P>, &[u8], &mut Out) -> u64) -> Packed {
        let Self { harness, .. } = self;
        let Started { plugin, .. } = harness.started.as_ref().expect("a request starts the harness");
        let (input, out) = (&harness.input, &mut harness.out);
        let packed = with_host(&harness.host, || hook(plugin, input, out));
        Packed::unpack(packed).expect("the SDK packs what it returns")
    }

    /// Applies what the hook handed back to `headers`; `Err` for a fault.
    pub(super) fn applied(&mut self, packed: Packed, next: Subject, headers: Headers) -> Result<Changed, String> {
        let out = self.harness.out.bytes();
        let (subject, headers) = match packed.action {
            Action::Next => (next, headers),
            Action::Respond => (Subject::Answer, Headers::default()),
            Action::Refuse => (Subject::Problem, Headers::default()),
            Action::ServeCached => (Subject::Cached, headers),
            Action::Fault | Action::Reset => return Err(fault_message(out)),
        };
        apply(out, subject, &self.started().declaration, &mut self.harness.host.borrow_mut(), headers)
    }
}

fn chunk_outcome(out: &[u8]) -> (&[u8], Option<&[u8]>) {
    let outcome = Outcome::read(out).expect("the SDK writes well-formed outcomes");
    let replaced = outcome.operations().find_map(|operation| match operation {
        Ok(Operation::Body(bytes)) => Some(bytes),
        _ => None,
    });
    (outcome.state, replaced)
}

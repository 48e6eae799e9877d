//! The service behind every contender: answers any GET with 1 KiB, as cheaply as a process can.
//!
//! It reads heads only far enough to find their ends, so that the machine's time goes to the gateway under measurement.
//! Requests with bodies are beyond it: it would take the body for the next head.

use std::{io::Write, net::Ipv4Addr};

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime, task,
};

use gateway_benches::RESPONSE_BYTES;

/// What ends a head.
const HEAD_END: &[u8] = b"\r\n\r\n";

fn main() -> Result<()> {
    runtime::Builder::new_current_thread().enable_io().build_local(Default::default())?.block_on(serve())
}

async fn serve() -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    let answer: &'static [u8] = answer().leak();
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        task::spawn_local(converse(stream, answer));
    }
}

fn answer() -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nserver: upstream\r\ndate: Mon, 01 Jan 2024 00:00:00 GMT\r\n\
         content-type: application/octet-stream\r\ncontent-length: {RESPONSE_BYTES}\r\n\r\n"
    );
    let mut answer = head.into_bytes();
    answer.resize(answer.len() + RESPONSE_BYTES, b'x');
    answer
}

/// Ends with the connection, whichever way it ends.
async fn converse(mut stream: TcpStream, answer: &'static [u8]) {
    let mut buffer = Vec::with_capacity(16 * 1024);
    while let Ok(1..) = stream.read_buf(&mut buffer).await {
        for _ in 0..take_heads(&mut buffer) {
            if stream.write_all(answer).await.is_err() {
                return;
            }
        }
    }
}

/// Removes the complete heads from `buffer` and says how many they were; an unfinished one stays.
fn take_heads(buffer: &mut Vec<u8>) -> usize {
    let mut heads = 0;
    while let Some(start) = buffer.windows(HEAD_END.len()).position(|window| window == HEAD_END) {
        buffer.drain(..start + HEAD_END.len());
        heads += 1;
    }
    heads
}

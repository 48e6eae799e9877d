//! Many who want at once what is not there: one of them asks the upstream, and the others get what it gets, as it comes.
//!
//! They speak HTTP/1.1 without TLS, since ten thousand handshakes would only take time.
//! The upstream answers when all requests are there, and first only a part.
//! Meanwhile nobody here does anything: the kernel notes when the first byte came for each of them, and it is asked afterwards.

use std::{
    io::{IoSliceMut, Read, Write},
    net::{SocketAddr, TcpStream},
    os::fd::AsRawFd,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use gateway_benches::{RESPONSE_BYTES, SERVER_NAME, statistics::Spread, table};
use nix::{
    cmsg_space,
    sys::{
        socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt::ReceiveTimestampns},
        time::TimeSpec,
    },
};

use crate::{
    origin::{Origin, Part, held},
    stage::Gateway,
};

/// How long it takes at most until the gateway has read all requests, and until it has answered all.
const SETTLES: Duration = Duration::from_millis(1500);

/// The longest that one answer may take.
const LONGEST: Duration = Duration::from_secs(10);

/// What became of one crowd.
struct Crowd {
    /// Milliseconds from the first byte for the one that asked to the first byte for each of the others, in order.
    behind: Vec<f64>,
    /// CPU time of the gateway from the upstream's first byte until all had theirs.
    cpu: Duration,
}

/// What the gateway has said to one of them so far, and when it began.
struct Begun {
    at: Duration,
    text: Vec<u8>,
}

/// Lets crowds of these sizes come, each so often.
pub(crate) fn run(gateway: &Gateway, origin: &Origin, sizes: &[usize], rounds: usize) -> Result<String> {
    let titles = ["followers", "p50 ms", "p99 ms", "last ms", "within 5 ms", "gateway CPU µs each"];
    let mut rows = vec![titles.map(str::to_owned)];
    let mut number = 0;
    for size in sizes {
        let crowds = (0..rounds).map(|_| {
            number += 1;
            crowd(gateway, origin, *size, number).with_context(|| format!("a crowd of {size}"))
        });
        rows.push(row(*size, &crowds.collect::<Result<Vec<_>>>()?).context("no rounds")?);
    }
    Ok(table::render(&rows))
}

fn row(size: usize, crowds: &[Crowd]) -> Option<[String; 6]> {
    let at = |share: f64| {
        let place = |crowd: &Crowd| ((crowd.behind.len() - 1) as f64 * share) as usize;
        Spread::of(crowds.iter().map(|crowd| crowd.behind[place(crowd)])).map(|spread| spread.to_string())
    };
    let in_time = |crowd: &Crowd| crowd.behind.iter().filter(|behind| **behind <= 5.0).count() as f64;
    let cpu = Spread::of(crowds.iter().map(|crowd| crowd.cpu.as_secs_f64() * 1e6 / size as f64))?;
    let in_time = Spread::of(crowds.iter().map(in_time))?;
    Some([(size - 1).to_string(), at(0.5)?, at(0.99)?, at(1.0)?, format!("{in_time:.0}"), cpu.to_string()])
}

fn crowd(gateway: &Gateway, origin: &Origin, size: usize, number: u64) -> Result<Crowd> {
    let mut clients = connect(gateway.http, size)?;
    let asked = origin.asked();
    let request = format!("GET {} HTTP/1.1\r\nhost: {SERVER_NAME}\r\n\r\n", held(number));
    clients.iter_mut().try_for_each(|client| client.write_all(request.as_bytes()))?;
    thread::sleep(SETTLES);
    let before = gateway.contender.cpu_time()?;
    origin.release(Part::First(number));
    thread::sleep(SETTLES);
    let cpu = gateway.contender.cpu_time()? - before;
    let begun: Vec<Begun> = clients.iter_mut().map(begun).collect::<Result<_>>()?;
    origin.release(Part::Rest(number));
    clients.iter_mut().zip(&begun).try_for_each(|(client, begun)| ended(client, &begun.text))?;
    let fetched = origin.asked() - asked;
    ensure!(fetched == 1, "{fetched} requests to the upstream");
    Ok(Crowd { behind: behind(&begun)?, cpu })
}

fn connect(address: SocketAddr, size: usize) -> Result<Vec<TcpStream>> {
    let client = || -> Result<TcpStream> {
        let client = TcpStream::connect(address)?;
        client.set_read_timeout(Some(LONGEST))?;
        setsockopt(&client, ReceiveTimestampns, &true)?;
        Ok(client)
    };
    (0..size).map(|_| client()).collect::<Result<_>>().context("cannot connect; are enough open files allowed?")
}

/// Reads the first byte by itself, with the time at which it came, and what else is there.
fn begun(client: &mut TcpStream) -> Result<Begun> {
    let mut text = vec![0];
    let at = first_byte(client, &mut text)?;
    let mut buffer = [0; 8 * 1024];
    while body(&text).is_none_or(|body| body.len() < RESPONSE_BYTES) {
        match client.read(&mut buffer)? {
            0 => anyhow::bail!("the connection ended early"),
            length => text.extend_from_slice(&buffer[..length]),
        }
    }
    Ok(Begun { at, text })
}

/// When it came, since 1970.
fn first_byte(client: &TcpStream, byte: &mut [u8]) -> Result<Duration> {
    let mut control = cmsg_space!(TimeSpec);
    let mut slices = [IoSliceMut::new(byte)];
    let received = recvmsg::<()>(client.as_raw_fd(), &mut slices, Some(&mut control), MsgFlags::empty())?;
    ensure!(received.bytes == 1, "the connection ended without an answer");
    let stamp = received.cmsgs()?.find_map(|message| match message {
        ControlMessageOwned::ScmTimestampns(time) => Some(time.into()),
        _ => None,
    });
    stamp.context("the kernel does not say when it came")
}

/// What is there of the body; none while the head is not complete.
fn body(text: &[u8]) -> Option<&[u8]> {
    let end = text.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(&text[end + 4..])
}

fn ended(client: &mut TcpStream, text: &[u8]) -> Result<()> {
    ensure!(text.starts_with(b"HTTP/1.1 200 "), "not 200 but {}", String::from_utf8_lossy(text));
    let mut rest = vec![0; 2 * RESPONSE_BYTES - body(text).map_or(0, <[u8]>::len)];
    client.read_exact(&mut rest).context("the rest did not come")
}

/// How long after the one that asked each of the others had its first byte, in milliseconds and in order.
fn behind(begun: &[Begun]) -> Result<Vec<f64>> {
    let follows = |begun: &Begun| String::from_utf8_lossy(&begun.text).contains("collapsed");
    let mut leaders = begun.iter().filter(|begun| !follows(begun));
    let (leader, None) = (leaders.next().context("nobody has asked")?, leaders.next()) else {
        anyhow::bail!("more than one has not followed");
    };
    let millis = |at: Duration| at.as_secs_f64() * 1000.0;
    let after = |begun: &Begun| millis(begun.at.saturating_sub(leader.at)) - millis(leader.at.saturating_sub(begun.at));
    let mut behind: Vec<f64> = begun.iter().filter(|begun| follows(begun)).map(after).collect();
    behind.sort_by(f64::total_cmp);
    Ok(behind)
}

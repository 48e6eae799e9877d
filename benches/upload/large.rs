//! Modules of 2 MiB that take the compiler as long as real code of that size: they are real code.
//!
//! A module is the guest `typical` with its own functions appended to it over and over, which nobody calls but which are
//! compiled all the same. No two are alike: each begins with another function, and sets another header of the response.

use anyhow::{Context, Result, ensure};
use gateway_benches::contender::sluice::configure;

/// Bytes of a module, and a few hundred more.
pub(crate) const SIZE: usize = 2 << 20;

/// The header that the guest sets, and of the same length what it is called here.
const HEADER: &str = "x-remaining";

/// The header of the response by which module `number` is known.
pub(crate) fn mark(number: u32) -> String {
    format!("x-mark-{number:04}")
}

/// The guest, taken apart.
pub(crate) struct Guest {
    /// Before the section that says of which type each function is.
    head: Vec<u8>,
    types: List,
    /// Between the two lists.
    middle: Vec<u8>,
    bodies: List,
    tail: Vec<u8>,
}

/// The items of a section, as they are in the file.
struct List {
    section: u8,
    items: Vec<Vec<u8>>,
}

const FUNCTIONS: u8 = 3;
const CODE: u8 = 10;
/// The magic number and the version.
const PREAMBLE: usize = 8;

impl Guest {
    /// # Errors
    /// When it was not built, or is not what it was when this was written.
    pub(crate) fn read() -> Result<Self> {
        let wasm = configure::module("guest-typical")?;
        let (preamble, mut rest) = wasm.split_at_checked(PREAMBLE).context("no module")?;
        let mut between = [preamble.to_vec(), Vec::new(), Vec::new()];
        let (mut types, mut bodies) = (None, None);
        while !rest.is_empty() {
            let (section, content) = take_section(&mut rest)?;
            match section {
                FUNCTIONS => types = Some(List { section, items: items(content, number_len)? }),
                CODE => bodies = Some(List { section, items: items(content, sized_len)? }),
                _ => {
                    let place = usize::from(types.is_some()) + usize::from(bodies.is_some());
                    put_section(&mut between[place], section, content);
                }
            }
        }
        let [head, middle, tail] = between;
        let (types, bodies) = types.zip(bodies).context("the guest has no functions")?;
        ensure!(types.items.len() == bodies.items.len(), "the guest has not a type for each function");
        Ok(Self { head, types, middle, bodies, tail })
    }

    /// Module `number`.
    ///
    /// # Errors
    /// When the guest does not set the header that marks it.
    pub(crate) fn enlarged(&self, number: u32) -> Result<Vec<u8>> {
        let functions = self.types.items.iter().zip(&self.bodies.items);
        let again = functions.clone().cycle().skip(number as usize % self.types.items.len());
        let (mut types, mut bodies): (Vec<&[u8]>, Vec<&[u8]>) =
            functions.map(|(ty, body)| (ty.as_slice(), body.as_slice())).unzip();
        let bytes = |parts: &[&[u8]]| parts.iter().map(|part| part.len()).sum::<usize>();
        let mut size = bytes(&[&self.head, &self.middle, &self.tail]) + bytes(&types) + bytes(&bodies);
        for (ty, body) in again {
            if size >= SIZE {
                break;
            }
            size += ty.len() + body.len();
            types.push(ty);
            bodies.push(body);
        }
        let mut wasm = self.head.clone();
        put_section(&mut wasm, self.types.section, &list(&types));
        wasm.extend(&self.middle);
        put_section(&mut wasm, self.bodies.section, &list(&bodies));
        wasm.extend(&self.tail);
        rename(&mut wasm, HEADER, &mark(number))?;
        Ok(wasm)
    }
}

/// Puts `new` in the place of `old`, which is there once.
fn rename(wasm: &mut [u8], old: &str, new: &str) -> Result<()> {
    ensure!(old.len() == new.len(), "{new:?} is not as long as {old:?}");
    let mut places = wasm.windows(old.len()).enumerate().filter(|(_, bytes)| *bytes == old.as_bytes());
    let place = places.next().map(|(place, _)| place);
    ensure!(places.next().is_none(), "{old:?} is there more than once");
    let place = place.with_context(|| format!("the guest does not set {old:?}"))?;
    wasm[place..place + old.len()].copy_from_slice(new.as_bytes());
    Ok(())
}

// === the binary form of Wasm ===

/// Cuts the next section off: its number and its content.
fn take_section<'w>(rest: &mut &'w [u8]) -> Result<(u8, &'w [u8])> {
    let (section, behind) = rest.split_first().context("no section")?;
    let (size, content) = behind.split_at(number_len(behind)?);
    let (content, next) = content.split_at_checked(number(size)).context("a section is cut short")?;
    *rest = next;
    Ok((*section, content))
}

/// The items of a section's content, each as long as `len` says of what begins with it.
fn items(content: &[u8], len: fn(&[u8]) -> Result<usize>) -> Result<Vec<Vec<u8>>> {
    let (_count, mut rest) = content.split_at(number_len(content)?);
    let mut items = Vec::new();
    while !rest.is_empty() {
        let (item, next) = rest.split_at_checked(len(rest)?).context("an item is cut short")?;
        items.push(item.to_vec());
        rest = next;
    }
    Ok(items)
}

/// Bytes of the number that `bytes` begins with.
fn number_len(bytes: &[u8]) -> Result<usize> {
    let last = bytes.iter().position(|byte| byte & 0x80 == 0).context("a number is cut short")?;
    Ok(last + 1)
}

/// Bytes of a number and of as many bytes as it says.
fn sized_len(bytes: &[u8]) -> Result<usize> {
    let len = number_len(bytes)?;
    Ok(len + number(&bytes[..len]))
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |number, byte| (number << 7) | usize::from(byte & 0x7f))
}

fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_section(out: &mut Vec<u8>, section: u8, content: &[u8]) {
    out.push(section);
    put_number(out, content.len());
    out.extend(content);
}

fn list(items: &[&[u8]]) -> Vec<u8> {
    let mut content = Vec::new();
    put_number(&mut content, items.len());
    content.extend(items.concat());
    content
}

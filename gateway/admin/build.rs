//! Embeds the bundled GraphiQL if it was built: `assets/graphiql/` is empty until `admin-ui/graphiql` is.
//!
//! So a build never needs node, and the admin API shows a page of its own instead.

#![allow(clippy::print_stdout, reason = "this is how build scripts talk to cargo")]

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    // The folder is always there, so cargo notices when the files come, and runs this only then.
    println!("cargo::rerun-if-changed=assets/graphiql");
    println!("cargo::rerun-if-changed=build.rs");

    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("assets/graphiql");
    let files = ["graphiql.js", "graphiql.css"].map(|name| folder.join(name));
    let code = match files.iter().all(|file| file.is_file()) {
        true => {
            format!("Some(Bundle {{ script: include_bytes!({:?}), style: include_bytes!({:?}) }})", files[0], files[1])
        }
        false => "None".to_owned(),
    };
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("graphiql.rs"), code)
}

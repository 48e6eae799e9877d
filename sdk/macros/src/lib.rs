//! The macros of `sluice-sdk`: use them through that crate, which documents them by example.
//!
//! Every path that they emit begins with `::sluice_sdk`.
#![warn(missing_docs)]

mod config;
mod plugin;
mod state;
mod text;

use proc_macro::TokenStream;

/// Makes a plugin of an `impl Plugin for …` block.
///
/// Arguments: `name = "…"` (a-z, 0-9 and `-`), `order = N` (default place in the chain, lowest first; 500 when left
/// out), `description = "…"` and `version = "…"` (those of the package when left out).
/// `type Config` and `type State` are `()` when left out.
/// The hooks that the block defines are the hooks of the plugin; for Wasm targets the exports of the ABI are added.
/// A crate holds one plugin.
#[proc_macro_attribute]
pub fn plugin(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(plugin::expand(arguments.into(), item.into()))
}

/// Reads a configuration from JSON and describes it by a JSON Schema.
///
/// For structs with named fields, enums of unit variants (texts) and enums whose variants hold one value each
/// (objects with exactly one member). Names are in camelCase; doc comments become descriptions.
///
/// On a field: `default = LITERAL`, `min = N`, `max = N`, `above = N`, `below = N`, `range(A..=B)`,
/// `min_length = N`, `max_length = N`, `min_items = N`, `max_items = N`, `pattern = "…"`, `header_name`, `secret`,
/// `each(…)` (such rules for the items of a list or the values of a map), `title = "…"`, `rename = "…"`,
/// `only_with(member = "text")`, `flatten` (for an enum whose variants hold one value each).
/// The bounds of a `Duration` are texts: `min = "100ms"`, `range("1s"..="1h")`.
/// On a struct: `any_of(field, field)`. On a variant: `rename = "…"`.
#[proc_macro_derive(Config, attributes(config))]
pub fn derive_config(item: TokenStream) -> TokenStream {
    finish(config::expand(item.into()))
}

/// Lets a struct travel from the request hook to the response hook; each field must be serialisable itself.
#[proc_macro_derive(State)]
pub fn derive_state(item: TokenStream) -> TokenStream {
    finish(state::expand(item.into()))
}

fn finish(expanded: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    expanded.unwrap_or_else(|error| error.to_compile_error()).into()
}

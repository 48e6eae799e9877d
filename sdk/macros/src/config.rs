//! `#[derive(Config)]`.

mod attributes;
mod choice;
mod rules;
mod structure;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, spanned::Spanned};

use crate::text::{doc, quote_json};

pub(crate) fn expand(item: TokenStream) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(item)?;
    if !input.generics.params.is_empty() {
        return Err(syn::Error::new(input.generics.span(), "a Config owns its data and has no parameters"));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => structure::expand(&input, fields),
            other => Err(syn::Error::new(other.span(), "a Config names its fields; a plugin without one uses ()")),
        },
        Data::Enum(data) => choice::expand(&input, data),
        Data::Union(_) => Err(syn::Error::new(input.span(), "a Config is a struct or an enum")),
    }
}

/// The doc comment as a JSON text; nothing for none.
fn description(attributes: &[syn::Attribute]) -> TokenStream {
    match doc(attributes).as_str() {
        "" => quote!(::core::option::Option::None),
        text => {
            let json = quote_json(text);
            quote!(::core::option::Option::Some(#json))
        }
    }
}

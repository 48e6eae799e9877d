//! `#[derive(State)]`: a struct crosses as the sequence of its fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Fields, Member, spanned::Spanned};

pub(crate) fn expand(item: TokenStream) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(item)?;
    let Data::Struct(data) = &input.data else {
        let message = "State is derived for structs; for an enum derive serde's Serialize and Deserialize";
        return Err(syn::Error::new(input.span(), message));
    };
    let fields = &data.fields;
    if matches!(fields, Fields::Unit) || fields.len() > 16 {
        return Err(syn::Error::new(input.span(), "a State has 1 to 16 fields; a plugin without state uses ()"));
    }
    let name = &input.ident;
    let (impl_generics, type_generics, bounds) = input.generics.split_for_impl();
    if !input.generics.params.is_empty() {
        return Err(syn::Error::new(input.generics.span(), "a State owns its data and has no parameters"));
    }
    let members: Vec<Member> = fields.members().collect();
    let parts: Vec<_> = (0..members.len()).map(|at| format_ident!("part_{at}")).collect();
    Ok(quote! {
        const _: () = {
            use ::sluice_sdk::__private::serde;
            impl #impl_generics serde::Serialize for #name #type_generics #bounds {
                fn serialize<Z: serde::Serializer>(&self, serializer: Z) -> ::core::result::Result<Z::Ok, Z::Error> {
                    serde::Serialize::serialize(&(#(&self.#members,)*), serializer)
                }
            }
            impl<'de> serde::Deserialize<'de> for #name #type_generics #bounds {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                    let (#(#parts,)*) = serde::Deserialize::deserialize(deserializer)?;
                    ::core::result::Result::Ok(Self { #(#members: #parts),* })
                }
            }
        };
    })
}

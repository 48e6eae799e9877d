//! Enums: texts to choose from, or objects with exactly one member.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Fields, Ident, Type, Variant, spanned::Spanned};

use super::{attributes::variant_rename, description};
use crate::text::{camel_case, doc, quote_json};

pub(super) fn expand(input: &DeriveInput, data: &DataEnum) -> syn::Result<TokenStream> {
    let unit = |variant: &Variant| matches!(variant.fields, Fields::Unit);
    match (data.variants.iter().all(unit), data.variants.iter().any(unit)) {
        (true, true) => texts(input, data),
        (false, false) => members(input, data),
        (_, true) => Err(syn::Error::new(input.span(), "either every variant holds one value or none does")),
        (_, false) => Err(syn::Error::new(input.span(), "a Config can be made: give at least one variant")),
    }
}

fn texts(input: &DeriveInput, data: &DataEnum) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let idents = data.variants.iter().map(|variant| &variant.ident);
    let texts: Vec<String> = data.variants.iter().map(name_in_json).collect::<syn::Result<_>>()?;
    let description = described_choices(input, data, &texts);
    Ok(quote! {
        const _: () = {
            use ::sluice_sdk::__private::{Config, Reading, Schema, Value};
            const TEXTS: &[&str] = &[#(#texts),*];
            impl Config for #name {
                fn schema() -> Schema { Schema::choice(#description, TEXTS) }
                fn read(value: &Value, reading: &mut Reading) -> ::core::option::Option<Self> {
                    let variants = [#(Self::#idents),*];
                    let position = reading.choice(value, TEXTS)?;
                    variants.into_iter().nth(position)
                }
            }
        };
    })
}

/// The enum's doc comment, and a line for each variant that has one.
fn described_choices(input: &DeriveInput, data: &DataEnum, texts: &[String]) -> TokenStream {
    let mut lines = vec![doc(&input.attrs)];
    for (variant, text) in data.variants.iter().zip(texts) {
        let doc = doc(&variant.attrs);
        if !doc.is_empty() {
            lines.push(format!("{text}: {doc}"));
        }
    }
    lines.retain(|line| !line.is_empty());
    let json = quote_json(&lines.join("\n"));
    quote!(#json)
}

fn members(input: &DeriveInput, data: &DataEnum) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let description_of_all = description(&input.attrs);
    let names: Vec<String> = data.variants.iter().map(name_in_json).collect::<syn::Result<_>>()?;
    let held: Vec<(&Ident, &Type)> = data.variants.iter().map(held).collect::<syn::Result<_>>()?;
    let (idents, types): (Vec<_>, Vec<_>) = held.into_iter().unzip();
    let fields: Vec<TokenStream> = data
        .variants
        .iter()
        .zip(&names)
        .map(|(variant, name)| {
            let description = description(&variant.attrs);
            quote!(::sluice_sdk::__private::Field { description: #description, ..::sluice_sdk::__private::Field::named(#name) })
        })
        .collect();
    Ok(quote! {
        const _: () = {
            use ::sluice_sdk::__private::{Config, ObjectSchema, Object, OneOf, Reading, Schema, Value};
            impl OneOf for #name {
                const NAMES: &'static [&'static str] = &[#(#names),*];
                fn add_to(schema: ObjectSchema) -> ObjectSchema {
                    schema #(.member::<#types>(&const { #fields }))*
                }
                fn read_one(object: &Object, reading: &mut Reading) -> ::core::option::Option<Self> {
                    match reading.one_of(object, Self::NAMES)? {
                        #(#names => reading.field::<#types>(object, &const { #fields }).map(Self::#idents),)*
                        _ => ::core::option::Option::None,
                    }
                }
            }
            impl Config for #name {
                fn schema() -> Schema { ObjectSchema::new(#description_of_all).one_of::<Self>().finish() }
                fn read(value: &Value, reading: &mut Reading) -> ::core::option::Option<Self> {
                    let object = reading.object(value, &[Self::NAMES])?;
                    Self::read_one(object, reading)
                }
            }
        };
    })
}

fn held(variant: &Variant) -> syn::Result<(&Ident, &Type)> {
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok((&variant.ident, &fields.unnamed[0].ty)),
        other => Err(syn::Error::new(other.span(), "a variant holds one value; use a struct for more")),
    }
}

fn name_in_json(variant: &Variant) -> syn::Result<String> {
    Ok(match variant_rename(&variant.attrs)? {
        Some(name) => name.value(),
        None => camel_case(&variant.ident.to_string()),
    })
}

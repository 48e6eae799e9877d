//! What `#[config(…)]` may say.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Ident, LitStr, Token, meta::ParseNestedMeta, punctuated::Punctuated};

use super::rules::RuleAttributes;
use crate::text;

/// What is said on a field.
#[derive(Default)]
pub(super) struct FieldAttributes {
    pub(super) rename: Option<LitStr>,
    pub(super) flatten: bool,
    /// JSON of the default.
    default: Option<String>,
    only_with: Option<(String, String)>,
    title: Option<LitStr>,
    rules: RuleAttributes,
    /// For each item of a list, or the value of each member of a map.
    each: RuleAttributes,
}

/// What is said on a struct: groups of fields of which at least one must be given.
#[derive(Default)]
pub(super) struct StructAttributes {
    pub(super) any_of: Vec<Vec<Ident>>,
}

/// The new name of a variant.
pub(super) fn variant_rename(attributes: &[Attribute]) -> syn::Result<Option<LitStr>> {
    let mut rename = None;
    each(attributes, |meta| match meta.path.is_ident("rename") {
        true => {
            rename = Some(meta.value()?.parse()?);
            Ok(())
        }
        false => Err(meta.error("expected rename")),
    })?;
    Ok(rename)
}

fn each(attributes: &[Attribute], mut read: impl FnMut(&ParseNestedMeta<'_>) -> syn::Result<()>) -> syn::Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("config")) {
        attribute.parse_nested_meta(|meta| read(&meta))?;
    }
    Ok(())
}

// === impl StructAttributes ===

impl StructAttributes {
    pub(super) fn read(attributes: &[Attribute]) -> syn::Result<Self> {
        let mut read = Self::default();
        each(attributes, |meta| {
            if !meta.path.is_ident("any_of") {
                return Err(meta.error("expected any_of"));
            }
            let content;
            syn::parenthesized!(content in meta.input);
            let fields = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?;
            read.any_of.push(fields.into_iter().collect());
            Ok(())
        })?;
        Ok(read)
    }
}

// === impl FieldAttributes ===

impl FieldAttributes {
    pub(super) fn read(attributes: &[Attribute]) -> syn::Result<Self> {
        let mut read = Self::default();
        each(attributes, |meta| read.one(meta))?;
        Ok(read)
    }

    fn one(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let name = meta.path.require_ident()?.to_string();
        match name.as_str() {
            "default" => self.default = Some(text::json(&meta.value()?.parse()?)?),
            "flatten" => self.flatten = true,
            "rename" => self.rename = Some(meta.value()?.parse()?),
            "title" => self.title = Some(meta.value()?.parse()?),
            "only_with" => self.only_with(meta)?,
            "each" => meta.parse_nested_meta(|meta| self.each.one(&meta))?,
            _ => self.rules.one(meta)?,
        }
        Ok(())
    }

    fn only_with(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let content;
        syn::parenthesized!(content in meta.input);
        let field: Ident = content.parse()?;
        content.parse::<Token![=]>()?;
        let value: LitStr = content.parse()?;
        self.only_with = Some((text::camel_case(&field.to_string()), value.value()));
        Ok(())
    }

    /// The field as a constant of the SDK.
    pub(super) fn field(&self, name: &str, description: &TokenStream) -> TokenStream {
        let default = option(self.default.as_ref().map(|json| quote!(#json)));
        let only_with = option(self.only_with.as_ref().map(|(member, value)| quote!((#member, #value))));
        let title = option(self.title.as_ref().map(|title| text::quote_json(&title.value())).map(|json| quote!(#json)));
        let (rules, each) = (self.rules.constant(), self.each.constant());
        quote! {
            ::sluice_sdk::__private::Field {
                name: #name,
                description: #description,
                default: #default,
                only_with: #only_with,
                title: #title,
                rules: #rules,
                each: #each,
            }
        }
    }
}

pub(super) fn option(tokens: Option<TokenStream>) -> TokenStream {
    match tokens {
        Some(tokens) => quote!(::core::option::Option::Some(#tokens)),
        None => quote!(::core::option::Option::None),
    }
}

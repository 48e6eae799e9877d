//! What `#[config(…)]` may say.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Expr, ExprRange, Ident, LitInt, LitStr, RangeLimits, Token, meta::ParseNestedMeta,
    punctuated::Punctuated,
};

use crate::text;

/// What is said on a field.
#[derive(Default)]
pub(super) struct FieldAttributes {
    pub(super) rename: Option<LitStr>,
    pub(super) flatten: bool,
    /// JSON of the default.
    default: Option<String>,
    only_with: Option<(String, String)>,
    /// Limits by the name of their field in `Rules`, and their JSON.
    limits: Vec<(&'static str, String)>,
    header_name: bool,
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
            "min" => self.bound("minimum", meta)?,
            "max" => self.bound("maximum", meta)?,
            "above" => self.bound("above", meta)?,
            "below" => self.bound("below", meta)?,
            "range" => self.range(meta)?,
            "min_length" => self.size("min_length", meta)?,
            "max_length" => self.size("max_length", meta)?,
            "min_items" => self.size("min_items", meta)?,
            "max_items" => self.size("max_items", meta)?,
            "header_name" => self.header_name = true,
            "flatten" => self.flatten = true,
            "rename" => self.rename = Some(meta.value()?.parse()?),
            "only_with" => self.only_with(meta)?,
            _ => return Err(meta.error("no such setting: see the documentation of derive(Config)")),
        }
        Ok(())
    }

    fn bound(&mut self, field: &'static str, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        self.limits.push((field, text::number(&meta.value()?.parse()?)?));
        Ok(())
    }

    fn size(&mut self, field: &'static str, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let size: LitInt = meta.value()?.parse()?;
        self.limits.push((field, size.base10_digits().to_owned()));
        Ok(())
    }

    fn range(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let content;
        syn::parenthesized!(content in meta.input);
        let range: ExprRange = content.parse()?;
        if let Some(start) = &range.start {
            self.limits.push(("minimum", text::number(start)?));
        }
        if let Some(end) = &range.end {
            let field = if matches!(range.limits, RangeLimits::Closed(_)) { "maximum" } else { "below" };
            self.limits.push((field, text::number(end)?));
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
        let header_name = self.header_name;
        let limits = self.limits.iter().map(|(field, json)| limit(field, json));
        quote! {
            ::sluice_sdk::__private::Field {
                name: #name,
                description: #description,
                default: #default,
                only_with: #only_with,
                rules: ::sluice_sdk::__private::Rules {
                    header_name: #header_name,
                    #(#limits,)*
                    ..::sluice_sdk::__private::Rules::NONE
                },
            }
        }
    }
}

fn limit(field: &str, json: &str) -> TokenStream {
    let ident = Ident::new(field, proc_macro2::Span::call_site());
    let value: Expr = syn::parse_str(json).expect("a number is an expression");
    match field {
        "minimum" | "maximum" | "above" | "below" => quote! {
            #ident: ::core::option::Option::Some(::sluice_sdk::__private::Bound { value: #value as f64, text: #json })
        },
        _ => quote!(#ident: ::core::option::Option::Some(#value)),
    }
}

fn option(tokens: Option<TokenStream>) -> TokenStream {
    match tokens {
        Some(tokens) => quote!(::core::option::Option::Some(#tokens)),
        None => quote!(::core::option::Option::None),
    }
}

//! The rules on one value that `#[config(…)]` may say, of a field and of each item in it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Expr, ExprLit, ExprRange, Ident, Lit, LitInt, LitStr, RangeLimits, meta::ParseNestedMeta};

use super::attributes::option;
use crate::text;

/// Rules, by the name of their field in the SDK's `Rules`.
#[derive(Default)]
pub(super) struct RuleAttributes {
    /// Bounds of numbers and sizes, and their JSON.
    limits: Vec<(&'static str, String)>,
    /// Bounds of times.
    times: Vec<(&'static str, LitStr)>,
    pattern: Option<LitStr>,
    header_name: bool,
    secret: bool,
}

impl RuleAttributes {
    pub(super) fn one(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let name = meta.path.require_ident()?.to_string();
        match name.as_str() {
            "min" => self.bound("minimum", "shortest", &meta.value()?.parse()?)?,
            "max" => self.bound("maximum", "longest", &meta.value()?.parse()?)?,
            "above" => self.limits.push(("above", text::number(&meta.value()?.parse()?)?)),
            "below" => self.limits.push(("below", text::number(&meta.value()?.parse()?)?)),
            "range" => self.range(meta)?,
            "min_length" => self.size("min_length", meta)?,
            "max_length" => self.size("max_length", meta)?,
            "min_items" => self.size("min_items", meta)?,
            "max_items" => self.size("max_items", meta)?,
            "pattern" => self.pattern = Some(meta.value()?.parse()?),
            "header_name" => self.header_name = true,
            "secret" => self.secret = true,
            _ => return Err(meta.error("no such setting: see the documentation of derive(Config)")),
        }
        Ok(())
    }

    /// A bound of a number, or of a time if it is a text.
    fn bound(&mut self, number: &'static str, time: &'static str, bound: &Expr) -> syn::Result<()> {
        match bound {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => self.times.push((time, text.clone())),
            bound => self.limits.push((number, text::number(bound)?)),
        }
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
            self.bound("minimum", "shortest", start)?;
        }
        let Some(end) = &range.end else { return Ok(()) };
        match range.limits {
            RangeLimits::Closed(_) => self.bound("maximum", "longest", end),
            RangeLimits::HalfOpen(_) => {
                self.limits.push(("below", text::number(end)?));
                Ok(())
            }
        }
    }

    /// The rules as a constant of the SDK.
    pub(super) fn constant(&self) -> TokenStream {
        let limits = self.limits.iter().map(|(field, json)| limit(field, json));
        let pattern = option(self.pattern.as_ref().map(|regex| {
            let json = text::quote_json(&regex.value());
            quote!(::sluice_sdk::__private::Pattern { regex: #regex, json: #json })
        }));
        let times = self.times.iter().map(|(field, text)| {
            let (field, text) = (ident(field), option(Some(quote!(#text))));
            quote!(#field: #text)
        });
        let (header_name, secret) = (self.header_name, self.secret);
        quote! {
            ::sluice_sdk::__private::Rules {
                header_name: #header_name,
                secret: #secret,
                pattern: #pattern,
                #(#limits,)*
                #(#times,)*
                ..::sluice_sdk::__private::Rules::NONE
            }
        }
    }
}

fn limit(field: &str, json: &str) -> TokenStream {
    let name = ident(field);
    let number = |text: &str| -> Expr { syn::parse_str(text).expect("a number is an expression") };
    match field {
        "minimum" | "maximum" | "above" | "below" => {
            // As a number of its type: as a plain one it would be cut to 32 bits before.
            let value = number(&format!("{json}f64"));
            quote! {
                #name: ::core::option::Option::Some(::sluice_sdk::__private::Bound { value: #value, text: #json })
            }
        }
        _ => {
            let value = number(json);
            quote!(#name: ::core::option::Option::Some(#value))
        }
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

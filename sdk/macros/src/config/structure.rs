//! Structs: objects with known members.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, FieldsNamed, Ident, Type};

use super::{
    attributes::{FieldAttributes, StructAttributes},
    description,
};
use crate::text::camel_case;

pub(super) fn expand(input: &DeriveInput, fields: &FieldsNamed) -> syn::Result<TokenStream> {
    let structure = Structure::read(input, fields)?;
    let name = &input.ident;
    let (schema, read) = (structure.schema(), structure.read_members());
    Ok(quote! {
        const _: () = {
            use ::sluice_sdk::__private::{Config, ObjectSchema, OneOf, Reading, Schema, Value};
            impl Config for #name {
                fn schema() -> Schema { #schema }
                fn read(value: &Value, reading: &mut Reading) -> ::core::option::Option<Self> { #read }
            }
        };
    })
}

struct Structure<'a> {
    description: TokenStream,
    any_of: Vec<Vec<String>>,
    members: Vec<Member<'a>>,
}

struct Member<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    /// The name in JSON, and the field as a constant; none for a flattened enum.
    field: Option<(String, TokenStream)>,
}

// === impl Structure ===

impl<'a> Structure<'a> {
    fn read(input: &DeriveInput, fields: &'a FieldsNamed) -> syn::Result<Self> {
        let members: Vec<Member<'a>> = fields.named.iter().map(Member::read).collect::<syn::Result<_>>()?;
        let mut any_of = Vec::new();
        for group in StructAttributes::read(&input.attrs)?.any_of {
            any_of.push(group.iter().map(|field| name_in_json(&members, field)).collect::<syn::Result<_>>()?);
        }
        Ok(Self { description: description(&input.attrs), any_of, members })
    }

    fn schema(&self) -> TokenStream {
        let Self { description, any_of, members } = self;
        let members = members.iter().map(|Member { ty, field, .. }| match field {
            Some((_, field)) => quote!(.field::<#ty>(&const { #field })),
            None => quote!(.one_of::<#ty>()),
        });
        quote! {
            ObjectSchema::new(#description)
                #(#members)*
                #(.any_of(&[#(#any_of),*]))*
                .finish()
        }
    }

    fn read_members(&self) -> TokenStream {
        let names = self.members.iter().filter_map(|member| member.field.as_ref()).map(|(name, _)| name);
        let flattened = self.members.iter().filter(|member| member.field.is_none()).map(|member| member.ty);
        let parts: Vec<_> = (0..self.members.len()).map(|at| format_ident!("part_{at}")).collect();
        let reads = self.members.iter().map(|Member { ty, field, .. }| match field {
            Some((_, field)) => quote!(reading.field::<#ty>(object, &const { #field })),
            None => quote!(<#ty as OneOf>::read_one(object, reading)),
        });
        let idents = self.members.iter().map(|member| member.ident);
        let any_of = &self.any_of;
        quote! {
            let object = reading.object(value, &[&[#(#names),*] #(, <#flattened as OneOf>::NAMES)*])?;
            #(reading.any_of(object, &[#(#any_of),*]);)*
            #(let #parts = #reads;)*
            ::core::option::Option::Some(Self { #(#idents: #parts?),* })
        }
    }
}

fn name_in_json(members: &[Member<'_>], ident: &Ident) -> syn::Result<String> {
    let member = members.iter().find(|member| member.ident == ident);
    let name = member.and_then(|member| member.field.as_ref()).map(|(name, _)| name.clone());
    name.ok_or_else(|| syn::Error::new(ident.span(), "no such field"))
}

// === impl Member ===

impl<'a> Member<'a> {
    fn read(field: &'a syn::Field) -> syn::Result<Self> {
        let ident = field.ident.as_ref().expect("the fields are named");
        let attributes = FieldAttributes::read(&field.attrs)?;
        let name = match &attributes.rename {
            Some(name) => name.value(),
            None => camel_case(&ident.to_string()),
        };
        let tokens = attributes.field(&name, &description(&field.attrs));
        let field_of = (!attributes.flatten).then_some((name, tokens));
        Ok(Self { ident, ty: &field.ty, field: field_of })
    }
}

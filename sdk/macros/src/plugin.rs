//! `#[plugin]`: what the plugin says of itself, and its exports.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ImplItem, ItemImpl, LitStr, Type, parse_quote, spanned::Spanned};

/// Where plugins stand that do not say: after those that are shipped (auth 100, rate-limit 200).
const DEFAULT_ORDER: &str = "500";

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let mut block: ItemImpl = syn::parse2(item)?;
    let arguments = Arguments::parse(arguments)?;
    let is_plugin = |path: &syn::Path| path.segments.last().is_some_and(|last| last.ident == "Plugin");
    if !block.trait_.as_ref().is_some_and(|(_, path, _)| is_plugin(path)) {
        return Err(syn::Error::new(block.span(), "#[plugin] belongs on `impl Plugin for …`"));
    }
    if !block.generics.params.is_empty() {
        return Err(syn::Error::new(block.generics.span(), "a plugin is one type without parameters"));
    }
    let hooks = Hooks::of(&block);
    add_missing_types(&mut block);
    let about = about(&arguments, &hooks, &block.self_ty);
    let unit_state = unit_state(&hooks, &block.self_ty);
    let exports = exports(&hooks, &block.self_ty);
    Ok(quote! { #block #about #unit_state #exports })
}

struct Arguments {
    name: LitStr,
    order: Option<Expr>,
    description: Option<LitStr>,
    version: Option<LitStr>,
}

struct Hooks {
    request: bool,
    response: bool,
}

fn add_missing_types(block: &mut ItemImpl) {
    for name in ["Config", "State"] {
        let given = block.items.iter().any(|item| matches!(item, ImplItem::Type(ty) if ty.ident == name));
        if !given {
            let name = syn::Ident::new(name, block.self_ty.span());
            block.items.insert(0, parse_quote! { type #name = (); });
        }
    }
}

fn about(arguments: &Arguments, hooks: &Hooks, plugin: &Type) -> TokenStream {
    let Arguments { name, order, description, version } = arguments;
    let default_order: Expr = syn::parse_str(DEFAULT_ORDER).expect("a number is an expression");
    let order = order.as_ref().unwrap_or(&default_order);
    let description = match description {
        Some(text) => quote!(#text),
        None => quote!(::core::env!("CARGO_PKG_DESCRIPTION")),
    };
    let version = match version {
        Some(text) => quote!(#text),
        None => quote!(::core::env!("CARGO_PKG_VERSION")),
    };
    let Hooks { request, response } = hooks;
    quote! {
        impl ::sluice_sdk::__private::Described for #plugin {
            const ABOUT: ::sluice_sdk::__private::About = ::sluice_sdk::__private::About {
                name: #name,
                version: #version,
                description: #description,
                order: #order,
                request_hook: #request,
                response_hook: #response,
            };
        }
    }
}

/// A plugin without a request hook has nobody to make its state: it must be `()`, or the crate does not compile.
fn unit_state(hooks: &Hooks, plugin: &Type) -> Option<TokenStream> {
    (!hooks.request).then(|| {
        quote! {
            const _: () = {
                const fn without_on_request_the_state_is_unit<P: ::sluice_sdk::Plugin<State = ()>>() {}
                without_on_request_the_state_is_unit::<#plugin>()
            };
        }
    })
}

/// The names are those of `sluice-abi`: an attribute takes literals only.
fn exports(hooks: &Hooks, plugin: &Type) -> TokenStream {
    let on_request = hooks.request.then(|| {
        quote! {
            #[unsafe(export_name = "sluice1:on-request")]
            extern "C" fn on_request(head: u32) -> u64 {
                INSTANCE.with(|instance| instance.on_request(head))
            }
        }
    });
    let on_response = hooks.response.then(|| {
        quote! {
            #[unsafe(export_name = "sluice1:on-response")]
            extern "C" fn on_response(head: u32, state: u32) -> u64 {
                INSTANCE.with(|instance| instance.on_response(head, state))
            }
        }
    });
    quote! {
        #[cfg(target_family = "wasm")]
        const _: () = {
            use ::sluice_sdk::__private::exports::{self, Instance};

            ::std::thread_local! {
                static INSTANCE: Instance<#plugin> = const { Instance::unconfigured() };
            }

            #[unsafe(export_name = "sluice-abi-0.1")]
            extern "C" fn marker() {}

            #[unsafe(export_name = "sluice1:areas")]
            extern "C" fn areas() -> u32 {
                exports::areas()
            }

            #[unsafe(export_name = "sluice1:reserve")]
            extern "C" fn reserve(size: u32) {
                exports::reserve(size);
            }

            #[unsafe(export_name = "sluice1:describe")]
            extern "C" fn describe() -> u32 {
                exports::describe::<#plugin>()
            }

            #[unsafe(export_name = "sluice1:configure")]
            extern "C" fn configure(config: u32) -> u64 {
                INSTANCE.with(|instance| instance.configure(config))
            }

            #on_request
            #on_response
        };
    }
}

// === impl Arguments ===

impl Arguments {
    fn parse(tokens: TokenStream) -> syn::Result<Self> {
        let (mut name, mut order, mut description, mut version) = (None, None, None, None);
        let parser = syn::meta::parser(|meta| {
            let argument = meta.path.require_ident()?.to_string();
            match argument.as_str() {
                "name" => name = Some(meta.value()?.parse::<LitStr>()?),
                "order" => order = Some(meta.value()?.parse::<Expr>()?),
                "description" => description = Some(meta.value()?.parse()?),
                "version" => version = Some(meta.value()?.parse()?),
                _ => return Err(meta.error("expected name, order, description or version")),
            }
            Ok(())
        });
        let span = tokens.span();
        syn::parse::Parser::parse2(parser, tokens)?;
        let name = name.ok_or_else(|| syn::Error::new(span, "a plugin has a name: #[plugin(name = \"…\")]"))?;
        check_name(&name)?;
        Ok(Self { name, order, description, version })
    }
}

fn check_name(name: &LitStr) -> syn::Result<()> {
    let text = name.value();
    let letters = text.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '-'));
    let good = letters && !text.is_empty() && text.len() <= 63 && !text.starts_with('-') && !text.ends_with('-');
    match good {
        true => Ok(()),
        false => Err(syn::Error::new(
            name.span(),
            "a name is 1 to 63 of a-z, 0-9 and '-', not at the ends, such as \"geo-fence\"",
        )),
    }
}

// === impl Hooks ===

impl Hooks {
    fn of(block: &ItemImpl) -> Self {
        let has = |name: &str| block.items.iter().any(|item| matches!(item, ImplItem::Fn(f) if f.sig.ident == name));
        Self { request: has("on_request"), response: has("on_response") }
    }
}

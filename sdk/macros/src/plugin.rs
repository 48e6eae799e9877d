//! `#[plugin]`: what the plugin says of itself, and its exports.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Ident, ImplItem, ItemImpl, LitStr, Type, parse_quote, spanned::Spanned};

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
    let hooks = Hooks::of(&block)?;
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

/// The hooks that a block defines, by their row in [`HOOKS`].
struct Hooks(Vec<&'static Hook>);

/// A hook: its method, its flag, its export, and what the export takes.
struct Hook {
    method: &'static str,
    flag: &'static str,
    export: &'static str,
    parameters: &'static [&'static str],
    /// The hook that has to ask for it.
    asked_by: Option<&'static str>,
}

/// The names of the exports are those of `sluice-abi`: an attribute takes literals only.
const HOOKS: [Hook; 8] = [
    Hook::new("on_request", "REQUEST", "sluice1:on-request", &["head"], None),
    Hook::new("on_request_body", "REQUEST_BODY", "sluice1:on-request-body", &["state"], Some("on_request")),
    Hook::new("on_request_chunk", "REQUEST_CHUNK", "sluice1:on-request-chunk", CHUNK, Some("on_request")),
    Hook::new("on_response", "RESPONSE", "sluice1:on-response", &["head", "state"], None),
    Hook::new("on_response_body", "RESPONSE_BODY", "sluice1:on-response-body", &["state"], Some("on_response")),
    Hook::new("on_response_chunk", "RESPONSE_CHUNK", "sluice1:on-response-chunk", CHUNK, Some("on_response")),
    Hook::new("on_log", "LOG", "sluice1:on-log", &["summary", "state"], None),
    Hook::new("on_tick", "TICK", "sluice1:on-tick", &[], None),
];

const CHUNK: &[&str] = &["state", "chunk", "last"];

fn add_missing_types(block: &mut ItemImpl) {
    for name in ["Config", "State"] {
        let given = block.items.iter().any(|item| matches!(item, ImplItem::Type(ty) if ty.ident == name));
        if !given {
            let name = Ident::new(name, block.self_ty.span());
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
    let flags = hooks.flags();
    quote! {
        impl ::sluice_sdk::__private::Described for #plugin {
            const ABOUT: ::sluice_sdk::__private::About = ::sluice_sdk::__private::About {
                name: #name,
                version: #version,
                description: #description,
                order: #order,
                hooks: ::sluice_sdk::__private::Hooks::NONE #(.with(::sluice_sdk::__private::Hooks::#flags))*,
            };
        }
    }
}

/// A plugin without a request hook has nobody to make its state: it must be `()`, or the crate does not compile.
fn unit_state(hooks: &Hooks, plugin: &Type) -> Option<TokenStream> {
    (!hooks.has("on_request")).then(|| {
        quote! {
            const _: () = {
                const fn without_on_request_the_state_is_unit<P: ::sluice_sdk::Plugin<State = ()>>() {}
                without_on_request_the_state_is_unit::<#plugin>()
            };
        }
    })
}

fn exports(hooks: &Hooks, plugin: &Type) -> TokenStream {
    let hooks = hooks.0.iter().map(|hook| hook.export());
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

            #(#hooks)*
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
    fn of(block: &ItemImpl) -> syn::Result<Self> {
        let method = |name: &str| {
            block.items.iter().find_map(|item| match item {
                ImplItem::Fn(method) if method.sig.ident == name => Some(method),
                _ => None,
            })
        };
        let mut hooks = Vec::new();
        for hook in &HOOKS {
            let Some(found) = method(hook.method) else { continue };
            if let Some(token) = &found.sig.asyncness {
                let message = "hooks are not async: a callout suspends its caller by itself";
                return Err(syn::Error::new(token.span(), message));
            }
            if let Some(asker) = hook.asked_by.filter(|asker| method(asker).is_none()) {
                return Err(syn::Error::new(found.sig.ident.span(), hook.nobody_asks(asker)));
            }
            hooks.push(hook);
        }
        Ok(Self(hooks))
    }

    fn has(&self, method: &str) -> bool {
        self.0.iter().any(|hook| hook.method == method)
    }

    fn flags(&self) -> Vec<Ident> {
        self.0.iter().map(|hook| ident(hook.flag)).collect()
    }
}

// === impl Hook ===

impl Hook {
    const fn new(
        method: &'static str,
        flag: &'static str,
        export: &'static str,
        parameters: &'static [&'static str],
        asked_by: Option<&'static str>,
    ) -> Self {
        Self { method, flag, export, parameters, asked_by }
    }

    fn nobody_asks(&self, asker: &str) -> String {
        let method = self.method;
        let flow = if method.ends_with("body") { "Flow::buffer_body(…)" } else { "Flow::stream_body(…)" };
        format!("{method} runs when {asker} returns {flow}: define {asker} too")
    }

    fn export(&self) -> TokenStream {
        let (name, method) = (self.export, ident(self.method));
        let parameters: Vec<Ident> = self.parameters.iter().copied().map(ident).collect();
        quote! {
            #[unsafe(export_name = #name)]
            extern "C" fn #method(#(#parameters: u32),*) -> u64 {
                INSTANCE.with(|instance| instance.#method(#(#parameters),*))
            }
        }
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

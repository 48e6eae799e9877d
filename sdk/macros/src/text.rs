//! Names, doc comments and JSON texts, made while the author's crate compiles.

use syn::{Attribute, Expr, ExprLit, Lit, Meta, UnOp, spanned::Spanned};

/// `per_minute` → `perMinute`, `HalfOpen` → `halfOpen`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for (at, letter) in name.trim_start_matches("r#").chars().enumerate() {
        match letter {
            '_' => upper = true,
            _ if at == 0 => camel.extend(letter.to_lowercase()),
            _ if upper => {
                camel.extend(letter.to_uppercase());
                upper = false;
            }
            _ => camel.push(letter),
        }
    }
    camel
}

/// The doc comment: lines of a paragraph joined by a space, paragraphs by a line break.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let mut doc = String::new();
    let mut gap = "";
    for line in attributes.iter().filter_map(doc_line) {
        match line.trim() {
            "" => gap = "\n",
            text => {
                let gap = if doc.is_empty() { "" } else { gap };
                doc.push_str(gap);
                doc.push_str(text);
            }
        }
        if !line.trim().is_empty() {
            gap = " ";
        }
    }
    doc
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
    pair.path.is_ident("doc").then(|| text.value())
}

/// A JSON text.
pub(crate) fn quote_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// The JSON of a literal: text, number, boolean, `[…]` of such, or `{}`.
pub(crate) fn json(expr: &Expr) -> syn::Result<String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(quote_json(&text.value())),
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Ok(value.value.to_string()),
        Expr::Array(array) => {
            let items: Vec<String> = array.elems.iter().map(json).collect::<syn::Result<_>>()?;
            Ok(format!("[{}]", items.join(",")))
        }
        Expr::Block(block) if block.block.stmts.is_empty() => Ok("{}".to_owned()),
        other => number(other).map_err(|_| {
            let expected = "expected a literal: a text, a number, true, false, [ ] of such, or {}";
            syn::Error::new(expr.span(), expected)
        }),
    }
}

/// The JSON of a number, perhaps negative.
pub(crate) fn number(expr: &Expr) -> syn::Result<String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(value), .. }) => Ok(value.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Float(value), .. }) => {
            let digits = value.base10_digits();
            Ok(if digits.ends_with('.') { format!("{digits}0") } else { digits.to_owned() })
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => Ok(format!("-{}", number(&unary.expr)?)),
        other => Err(syn::Error::new(other.span(), "expected a number")),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn names_become_camel_case() {
        for (rust, json) in
            [("header", "header"), ("per_minute", "perMinute"), ("HalfOpen", "halfOpen"), ("r#type", "type")]
        {
            assert_eq!(camel_case(rust), json);
        }
    }

    #[test]
    fn paragraphs_of_a_doc_comment_are_lines_of_the_description() {
        let item: syn::ItemStruct = parse_quote! {
            /// One line
            /// and its end.
            ///
            /// Another.
            struct S;
        };
        assert_eq!(doc(&item.attrs), "One line and its end.\nAnother.");
    }

    #[test]
    fn literals_become_json() {
        let cases: [(Expr, &str); 7] = [
            (parse_quote!("a\"b\n"), r#""a\"b\n""#),
            (parse_quote!(1_000), "1000"),
            (parse_quote!(-0.5), "-0.5"),
            (parse_quote!(2.), "2.0"),
            (parse_quote!(false), "false"),
            (parse_quote!([1, "x"]), r#"[1,"x"]"#),
            (parse_quote!({}), "{}"),
        ];
        for (expr, expected) in cases {
            assert_eq!(json(&expr).unwrap(), expected);
        }
        assert!(json(&parse_quote!(1 + 1)).is_err());
    }
}

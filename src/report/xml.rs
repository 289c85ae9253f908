//! Words inside XML, for the reporters that write it.

/// Words as XML text or attribute: marks escaped, characters that XML cannot hold left out.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_an_attribute_early() {
        assert_eq!(escaped("a<\"b\">&\u{1}\n阿曼"), "a&lt;&quot;b&quot;&gt;&amp;&#10;阿曼");
    }
}

//! All rules, read from their pages and found by code or name.

use crate::error::Error;
use crate::front_matter::FrontMatter;
use crate::rule::Rule;
use crate::suggest::nearest;

/// All rules, ordered by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// The rules that came with the tool.
    pub fn builtin() -> Result<Self, Error> {
        Self::load(blocklint_rules::PAGES.iter().copied())
    }

    /// The rules of these pages: file name and text.
    pub fn load<'t>(pages: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self, Error> {
        Self::read(pages.into_iter().map(|it| (it, false)))
    }

    /// The rules that came with the tool and those of users' pages. A page's own rule reports what entries with its code in
    /// `rule` say.
    pub fn with_own<'t>(pages: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self, Error> {
        let shipped = blocklint_rules::PAGES.iter().map(|it| (*it, false));
        Self::read(shipped.chain(pages.into_iter().map(|it| (it, true))))
    }

    fn read<'t>(pages: impl IntoIterator<Item = ((&'t str, &'t str), bool)>) -> Result<Self, Error> {
        let mut read: Vec<(Rule, &str)> = Vec::new();
        for ((file, text), own) in pages {
            let front = FrontMatter::read(file, text)?;
            let rule = front.rule(own)?;
            for (other, first) in &read {
                if other.code == rule.code {
                    return Err(front.duplicate("code", &rule.code, first));
                }
                if other.name == rule.name {
                    return Err(front.duplicate("name", &rule.name, first));
                }
            }
            read.push((rule, file));
        }
        let mut rules: Vec<Rule> = read.into_iter().map(|(rule, _)| rule).collect();
        rules.sort_by(|left, right| left.code.cmp(&right.code));
        Ok(Self(rules))
    }

    /// Every rule, ordered by code.
    pub fn iter(&self) -> std::slice::Iter<'_, Rule> {
        self.0.iter()
    }

    /// The rule with this code or name.
    pub fn rule(&self, code_or_name: &str) -> Option<&Rule> {
        self.0.iter().find(|it| it.name == code_or_name || it.code.eq_ignore_ascii_case(code_or_name))
    }

    /// The rules whose code begins with this prefix, as `BL1` does for `BL101`; a whole code or name selects one.
    pub fn selected<'r>(&'r self, prefix_or_name: &'r str) -> impl Iterator<Item = &'r Rule> {
        let prefix = prefix_or_name.to_ascii_uppercase();
        self.0.iter().filter(move |it| it.name == prefix_or_name || it.code.starts_with(&prefix))
    }

    /// The code or name that was probably meant.
    pub fn nearest(&self, code_or_name: &str) -> Option<&str> {
        nearest(code_or_name, self.0.iter().flat_map(|it| [it.code.as_str(), it.name.as_str()]))
    }
}

impl<'r> IntoIterator for &'r Rules {
    type Item = &'r Rule;
    type IntoIter = std::slice::Iter<'r, Rule>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

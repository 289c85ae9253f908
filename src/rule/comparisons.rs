//! Compiles what rules say of several claims: on what they agree, and in what order they stand.

use super::compiler::Compiler;
use super::set::{Agree, Order, RuleSlot, Within};
use super::written::{Placed, RuleDecl};
use crate::article::Role;
use crate::text::nearest;

impl Compiler<'_> {
    pub(super) fn agree(&mut self, decl: &RuleDecl, slots: &[RuleSlot]) -> Option<Agree> {
        let agree = decl.agree.as_ref()?;
        let same: Vec<usize> = agree.same.iter().filter_map(|slot| self.slot(decl, slot, slots)).collect();
        let on = self.slot(decl, &agree.on, slots)?;
        let within = match agree.within.value.as_str() {
            "article" => Within::Article,
            "file" => Within::File,
            "run" => Within::Run,
            _ => {
                self.problem(
                    decl,
                    "claims agree within an article, a file or a run",
                    &agree.within.at,
                    "write `article`, `file` or `run`",
                );
                return None;
            }
        };
        let between = match &agree.between {
            Some(words) => Some(self.between(decl, words)?),
            None => None,
        };
        let along = match &agree.along {
            Some(name) => match self.base.relations_named(&name.value).iter().find(|(_, inverse)| !inverse).copied() {
                Some((id, _)) => Some(id),
                None => {
                    self.problem(decl, "there is no such relation", &name.at, "name a relation of what must agree");
                    return None;
                }
            },
            None => None,
        };
        let against = match &agree.against {
            Some(slot) => Some(self.slot(decl, slot, slots)?),
            None => None,
        };
        Some(Agree {
            against,
            same,
            on,
            within,
            between,
            along,
            spelling: agree.spelling,
            event: agree.event,
            swapped: agree.swapped,
        })
    }

    /// The roles that are compared: two words, `body` for running text.
    fn between(&mut self, decl: &RuleDecl, words: &[Placed<String>]) -> Option<(Role, Role)> {
        let mut roles = Vec::new();
        for word in words {
            let role = if word.value == "body" { Some(Role::Paragraph) } else { Role::from_word(&word.value) };
            match role {
                Some(role) => roles.push(role),
                None => {
                    let known = Role::ALL.iter().map(|role| role.as_str()).chain(["body"]);
                    let help = match nearest(&word.value, known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write `headline`, `caption`, `body` or another role of a block".to_owned(),
                    };
                    self.problem(decl, format!("there is no role `{}`", word.value), &word.at, help);
                }
            }
        }
        match (roles.as_slice(), &decl.agree) {
            ([one, other], _) => Some((*one, *other)),
            (_, Some(agree)) if roles.len() == words.len() => {
                self.problem(
                    decl,
                    "`between` names two sorts of blocks",
                    &agree.at,
                    "write `between = [\"headline\", \"body\"]`",
                );
                None
            }
            _ => None,
        }
    }

    pub(super) fn order(&mut self, decl: &RuleDecl, slots: &[RuleSlot]) -> Option<Order> {
        let order = decl.order.as_ref()?;
        let by = match &order.by {
            Some(by) => Some(self.slot(decl, by, slots)?),
            None => None,
        };
        let of = self.slot(decl, &order.of, slots)?;
        Some(Order { by, of, step: order.step, from: order.from })
    }
}

//! Relations by the names that expressions call them by, gathered when the first is asked for.

use super::schema::{Relation, RelationId};
use std::collections::HashMap;
use std::sync::OnceLock;

/// By name: the relations that have it, and those whose inverse has it.
#[derive(Debug, Default)]
pub(super) struct RelationNames(OnceLock<HashMap<String, Vec<(RelationId, bool)>>>);

impl RelationNames {
    /// The relations of a name, with whether it is the name of their inverse.
    pub(super) fn get(&self, name: &str, relations: &[Relation]) -> &[(RelationId, bool)] {
        let by_name = self.0.get_or_init(|| {
            let mut by_name: HashMap<String, Vec<(RelationId, bool)>> = HashMap::new();
            for (relation, id) in relations.iter().zip((0..).map(RelationId)) {
                by_name.entry(relation.name.clone()).or_default().push((id, false));
                if let Some(inverse) = &relation.inverse {
                    by_name.entry(inverse.clone()).or_default().push((id, true));
                }
            }
            by_name
        });
        by_name.get(name).map_or(&[], Vec::as_slice)
    }
}

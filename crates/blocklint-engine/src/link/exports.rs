//! What code in one language shows to another: modules of the other language's tree whose members are defined elsewhere.

use super::modules::Tree;
use super::{Entity, FileId, Func, NodeId, Program, Ty};
use blocklint_ir::{Exported, Language, Package};
use rustc_hash::FxHashMap;

/// What is seen of other languages.
#[derive(Debug, Default)]
pub(super) struct Exports {
    members: FxHashMap<NodeId, Vec<(Box<str>, Entity)>>,
    constructors: FxHashMap<Ty, Func>,
}

impl Exports {
    /// What a module holds under a name that another language gives it.
    pub(super) fn member<'e>(&'e self, node: NodeId, name: &'e str) -> impl Iterator<Item = Entity> + 'e {
        let members = self.members.get(&node).map_or(&[][..], Vec::as_slice);
        members.iter().filter(move |it| &*it.0 == name).map(|it| it.1.clone())
    }
}

impl Program<'_> {
    /// What constructs a type when code in another language than its own does.
    pub fn constructor_from(&self, file: FileId, ty: Ty) -> Option<Func> {
        let (own, _) = self.place_of_type(ty);
        if self.language(own) == self.language(file) {
            return None;
        }
        self.exports.constructors.get(&ty).copied()
    }
}

/// Places what the files export in the module tree.
pub(super) fn place(program: &mut Program<'_>) {
    let mut exports = Exports::default();
    for index in 0..program.files.len() {
        let id = FileId(index as u32);
        let file = &program.files[index];
        let module = &file.summary.module;
        if module.exports.is_empty() {
            continue;
        }
        let package = file.placement.package;
        let nodes: Vec<(Language, NodeId)> = modules(program, package)
            .into_iter()
            .map(|(language, path)| (language, program.nodes.place(language, &path)))
            .collect();
        for export in &program.files[index].summary.module.exports {
            let entity = match export.what {
                Exported::Module => continue,
                Exported::Function(function) => Entity::Function(program.func(id, function)),
                Exported::Type(ty) => Entity::Type(program.ty(id, ty)),
                Exported::Constructor(block, function) => {
                    let block = program.ty(id, block);
                    if let Some(ty) = program.hierarchy.target(program, block) {
                        exports.constructors.insert(ty, program.func(id, function));
                    }
                    continue;
                }
            };
            let name = program.file(id).summary.module.text(export.name);
            for (_, node) in nodes.iter().filter(|it| it.0 == export.language) {
                exports.members.entry(*node).or_default().push((name.into(), entity.clone()));
            }
        }
    }
    program.exports = exports;
}

/// The modules of other languages that a package makes: those that its code names, and where manifests put them.
fn modules(program: &Program<'_>, package: Option<usize>) -> Vec<(Language, Vec<String>)> {
    let mut found = Vec::new();
    let mut add = |language: Language, dotted: &str| {
        let path: Vec<String> = dotted.split('.').map(str::to_owned).collect();
        if !found.contains(&(language, path.clone())) {
            found.push((language, path));
        }
    };
    let own: Option<&Package> = package.map(|it| &program.packages[it]);
    for file in program.files.iter().filter(|it| it.placement.package == package) {
        let module = &file.summary.module;
        for export in module.exports.iter().filter(|it| it.what == Exported::Module) {
            let name = module.text(export.name);
            add(export.language, name);
            // Beside a package of the same name it is built into that package.
            if program.nodes.root(export.language, name).is_some() {
                add(export.language, &format!("{name}.{name}"));
            }
            for other in program.packages.iter().filter(|it| it.language == export.language) {
                let places = other.extension_modules.iter();
                let beside = own.is_some_and(|it| it.directory == other.directory);
                for dotted in places.filter(|it| beside || last(it) == name) {
                    add(export.language, dotted);
                }
            }
        }
    }
    found
}

fn last(dotted: &str) -> &str {
    dotted.rsplit('.').next().unwrap_or(dotted)
}

impl Tree {
    /// The node at a path, made if nothing stands there.
    fn place(&mut self, language: Language, path: &[String]) -> NodeId {
        let mut at = None;
        for segment in path {
            at = Some(self.child_or_new(at, language, segment));
        }
        at.expect("a module has a name")
    }
}

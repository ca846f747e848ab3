//! What a cache entry is found by.

/// What a result depends on besides the tool itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Depends {
    /// The files, in their order.
    pub(crate) files: Vec<Key>,
    /// Manifests, options, and how the files are treated.
    pub(crate) rest: Key,
}

impl Depends {
    /// The key of the result.
    pub(crate) fn key(&self) -> Key {
        let all = self.files.iter().chain([&self.rest]);
        Key::of(&all.flat_map(|it| *it.bytes()).collect::<Vec<u8>>())
    }
}

/// A hash that nobody can make collide: caches are shared between machines, and the texts are other people's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// The key of a source file. The path counts: what lies in a folder of tests is test code.
    pub(crate) fn of_file(path: &str, text: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(path.len() as u64).to_le_bytes()).update(path.as_bytes()).update(text.as_bytes());
        Self(*hasher.finalize().as_bytes())
    }

    /// The key of other bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its first digits, enough for the name of a file.
    pub(crate) fn name(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex()[..32].to_owned()
    }
}

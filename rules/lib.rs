//! The rule pages and API tables of blocklint, as data.
//!
//! Nothing is read or checked here: `blocklint-catalog` does that. A new page or table is one line in the list below.

/// Every rule page: its file name and its text, sorted by file name.
pub const PAGES: &[(&str, &str)] = &[
    ("block-in-place-on-current-thread.md", include_str!("block-in-place-on-current-thread.md")),
    ("block-on-in-runtime.md", include_str!("block-on-in-runtime.md")),
    ("blocking-accessor.md", include_str!("blocking-accessor.md")),
    ("blocking-cpu.md", include_str!("blocking-cpu.md")),
    ("blocking-credential-refresh.md", include_str!("blocking-credential-refresh.md")),
    ("blocking-database.md", include_str!("blocking-database.md")),
    ("blocking-dns.md", include_str!("blocking-dns.md")),
    ("blocking-file.md", include_str!("blocking-file.md")),
    ("blocking-finalizer.md", include_str!("blocking-finalizer.md")),
    ("blocking-import.md", include_str!("blocking-import.md")),
    ("blocking-network.md", include_str!("blocking-network.md")),
    ("blocking-operator.md", include_str!("blocking-operator.md")),
    ("blocking-poll.md", include_str!("blocking-poll.md")),
    ("blocking-process.md", include_str!("blocking-process.md")),
    ("blocking-sleep.md", include_str!("blocking-sleep.md")),
    ("blocking-stdin.md", include_str!("blocking-stdin.md")),
    ("blocking-tls-setup.md", include_str!("blocking-tls-setup.md")),
    ("blocking-wait.md", include_str!("blocking-wait.md")),
    ("eager-offload-argument.md", include_str!("eager-offload-argument.md")),
    ("lock-held-across-await.md", include_str!("lock-held-across-await.md")),
    ("nested-event-loop.md", include_str!("nested-event-loop.md")),
    ("self-wait-deadlock.md", include_str!("self-wait-deadlock.md")),
    ("suppression-without-reason.md", include_str!("suppression-without-reason.md")),
    ("unreferenced-refresh-task.md", include_str!("unreferenced-refresh-task.md")),
    ("unused-suppression.md", include_str!("unused-suppression.md")),
];

/// Every API table: its path below this folder and its text, sorted by path.
pub const TABLES: &[(&str, &str)] = &[
    ("apis/python/anyio.toml", include_str!("apis/python/anyio.toml")),
    ("apis/python/async-twins.toml", include_str!("apis/python/async-twins.toml")),
    ("apis/python/azure.toml", include_str!("apis/python/azure.toml")),
    ("apis/python/boto3.toml", include_str!("apis/python/boto3.toml")),
    ("apis/python/data-files.toml", include_str!("apis/python/data-files.toml")),
    ("apis/python/dbapi.toml", include_str!("apis/python/dbapi.toml")),
    ("apis/python/django.toml", include_str!("apis/python/django.toml")),
    ("apis/python/fastapi.toml", include_str!("apis/python/fastapi.toml")),
    ("apis/python/google.toml", include_str!("apis/python/google.toml")),
    ("apis/python/hardware.toml", include_str!("apis/python/hardware.toml")),
    ("apis/python/homeassistant.toml", include_str!("apis/python/homeassistant.toml")),
    ("apis/python/httpx.toml", include_str!("apis/python/httpx.toml")),
    ("apis/python/jupyter.toml", include_str!("apis/python/jupyter.toml")),
    ("apis/python/llm.toml", include_str!("apis/python/llm.toml")),
    ("apis/python/local-tools.toml", include_str!("apis/python/local-tools.toml")),
    ("apis/python/messaging.toml", include_str!("apis/python/messaging.toml")),
    ("apis/python/models.toml", include_str!("apis/python/models.toml")),
    ("apis/python/mongodb.toml", include_str!("apis/python/mongodb.toml")),
    ("apis/python/parsers.toml", include_str!("apis/python/parsers.toml")),
    ("apis/python/records.toml", include_str!("apis/python/records.toml")),
    ("apis/python/redis.toml", include_str!("apis/python/redis.toml")),
    ("apis/python/remote-systems.toml", include_str!("apis/python/remote-systems.toml")),
    ("apis/python/requests.toml", include_str!("apis/python/requests.toml")),
    ("apis/python/search-stores.toml", include_str!("apis/python/search-stores.toml")),
    ("apis/python/security.toml", include_str!("apis/python/security.toml")),
    ("apis/python/sqlalchemy.toml", include_str!("apis/python/sqlalchemy.toml")),
    ("apis/python/stdlib-archives.toml", include_str!("apis/python/stdlib-archives.toml")),
    ("apis/python/stdlib-asyncio.toml", include_str!("apis/python/stdlib-asyncio.toml")),
    ("apis/python/stdlib-builtins.toml", include_str!("apis/python/stdlib-builtins.toml")),
    ("apis/python/stdlib-files.toml", include_str!("apis/python/stdlib-files.toml")),
    ("apis/python/stdlib-futures.toml", include_str!("apis/python/stdlib-futures.toml")),
    ("apis/python/stdlib-internet.toml", include_str!("apis/python/stdlib-internet.toml")),
    ("apis/python/stdlib-multiprocessing.toml", include_str!("apis/python/stdlib-multiprocessing.toml")),
    ("apis/python/stdlib-pathlib.toml", include_str!("apis/python/stdlib-pathlib.toml")),
    ("apis/python/stdlib-process.toml", include_str!("apis/python/stdlib-process.toml")),
    ("apis/python/stdlib-shutil.toml", include_str!("apis/python/stdlib-shutil.toml")),
    ("apis/python/stdlib-socket.toml", include_str!("apis/python/stdlib-socket.toml")),
    ("apis/python/stdlib-sqlite3.toml", include_str!("apis/python/stdlib-sqlite3.toml")),
    ("apis/python/stdlib-ssl.toml", include_str!("apis/python/stdlib-ssl.toml")),
    ("apis/python/stdlib-threading.toml", include_str!("apis/python/stdlib-threading.toml")),
    ("apis/python/stdlib-time.toml", include_str!("apis/python/stdlib-time.toml")),
    ("apis/python/stdlib-typing.toml", include_str!("apis/python/stdlib-typing.toml")),
    ("apis/python/tasks.toml", include_str!("apis/python/tasks.toml")),
    ("apis/python/textual.toml", include_str!("apis/python/textual.toml")),
    ("apis/python/urllib3.toml", include_str!("apis/python/urllib3.toml")),
    ("apis/python/web-frameworks.toml", include_str!("apis/python/web-frameworks.toml")),
    ("apis/python/web-services.toml", include_str!("apis/python/web-services.toml")),
    ("apis/rust/actix.toml", include_str!("apis/rust/actix.toml")),
    ("apis/rust/arc-swap.toml", include_str!("apis/rust/arc-swap.toml")),
    ("apis/rust/archives.toml", include_str!("apis/rust/archives.toml")),
    ("apis/rust/async-channel.toml", include_str!("apis/rust/async-channel.toml")),
    ("apis/rust/async-lock.toml", include_str!("apis/rust/async-lock.toml")),
    ("apis/rust/async-std.toml", include_str!("apis/rust/async-std.toml")),
    ("apis/rust/attohttpc.toml", include_str!("apis/rust/attohttpc.toml")),
    ("apis/rust/aws-creds.toml", include_str!("apis/rust/aws-creds.toml")),
    ("apis/rust/bitcoin.toml", include_str!("apis/rust/bitcoin.toml")),
    ("apis/rust/byteorder.toml", include_str!("apis/rust/byteorder.toml")),
    ("apis/rust/camino.toml", include_str!("apis/rust/camino.toml")),
    ("apis/rust/cloud.toml", include_str!("apis/rust/cloud.toml")),
    ("apis/rust/compression.toml", include_str!("apis/rust/compression.toml")),
    ("apis/rust/compute.toml", include_str!("apis/rust/compute.toml")),
    ("apis/rust/crossbeam.toml", include_str!("apis/rust/crossbeam.toml")),
    ("apis/rust/curl.toml", include_str!("apis/rust/curl.toml")),
    ("apis/rust/dashmap.toml", include_str!("apis/rust/dashmap.toml")),
    ("apis/rust/deadpool.toml", include_str!("apis/rust/deadpool.toml")),
    ("apis/rust/desktop.toml", include_str!("apis/rust/desktop.toml")),
    ("apis/rust/diesel.toml", include_str!("apis/rust/diesel.toml")),
    ("apis/rust/dns.toml", include_str!("apis/rust/dns.toml")),
    ("apis/rust/documents.toml", include_str!("apis/rust/documents.toml")),
    ("apis/rust/duckdb.toml", include_str!("apis/rust/duckdb.toml")),
    ("apis/rust/embedded-stores.toml", include_str!("apis/rust/embedded-stores.toml")),
    ("apis/rust/event-listener.toml", include_str!("apis/rust/event-listener.toml")),
    ("apis/rust/executors.toml", include_str!("apis/rust/executors.toml")),
    ("apis/rust/file-tools.toml", include_str!("apis/rust/file-tools.toml")),
    ("apis/rust/flate2.toml", include_str!("apis/rust/flate2.toml")),
    ("apis/rust/flume.toml", include_str!("apis/rust/flume.toml")),
    ("apis/rust/foreign.toml", include_str!("apis/rust/foreign.toml")),
    ("apis/rust/futures-lite.toml", include_str!("apis/rust/futures-lite.toml")),
    ("apis/rust/futures.toml", include_str!("apis/rust/futures.toml")),
    ("apis/rust/git2.toml", include_str!("apis/rust/git2.toml")),
    ("apis/rust/gix.toml", include_str!("apis/rust/gix.toml")),
    ("apis/rust/handlers.toml", include_str!("apis/rust/handlers.toml")),
    ("apis/rust/heed.toml", include_str!("apis/rust/heed.toml")),
    ("apis/rust/igd.toml", include_str!("apis/rust/igd.toml")),
    ("apis/rust/image.toml", include_str!("apis/rust/image.toml")),
    ("apis/rust/inference.toml", include_str!("apis/rust/inference.toml")),
    ("apis/rust/isahc.toml", include_str!("apis/rust/isahc.toml")),
    ("apis/rust/kanal.toml", include_str!("apis/rust/kanal.toml")),
    ("apis/rust/lettre.toml", include_str!("apis/rust/lettre.toml")),
    ("apis/rust/libc.toml", include_str!("apis/rust/libc.toml")),
    ("apis/rust/mail-and-files.toml", include_str!("apis/rust/mail-and-files.toml")),
    ("apis/rust/messaging.toml", include_str!("apis/rust/messaging.toml")),
    ("apis/rust/minreq.toml", include_str!("apis/rust/minreq.toml")),
    ("apis/rust/mongodb.toml", include_str!("apis/rust/mongodb.toml")),
    ("apis/rust/mysql.toml", include_str!("apis/rust/mysql.toml")),
    ("apis/rust/native-tls.toml", include_str!("apis/rust/native-tls.toml")),
    ("apis/rust/nix.toml", include_str!("apis/rust/nix.toml")),
    ("apis/rust/notify.toml", include_str!("apis/rust/notify.toml")),
    ("apis/rust/office.toml", include_str!("apis/rust/office.toml")),
    ("apis/rust/openssl.toml", include_str!("apis/rust/openssl.toml")),
    ("apis/rust/other-locks.toml", include_str!("apis/rust/other-locks.toml")),
    ("apis/rust/parking_lot.toml", include_str!("apis/rust/parking_lot.toml")),
    ("apis/rust/parquet.toml", include_str!("apis/rust/parquet.toml")),
    ("apis/rust/password-hashes.toml", include_str!("apis/rust/password-hashes.toml")),
    ("apis/rust/polars.toml", include_str!("apis/rust/polars.toml")),
    ("apis/rust/pollster.toml", include_str!("apis/rust/pollster.toml")),
    ("apis/rust/postgres.toml", include_str!("apis/rust/postgres.toml")),
    ("apis/rust/processes.toml", include_str!("apis/rust/processes.toml")),
    ("apis/rust/pyo3.toml", include_str!("apis/rust/pyo3.toml")),
    ("apis/rust/r2d2.toml", include_str!("apis/rust/r2d2.toml")),
    ("apis/rust/rayon.toml", include_str!("apis/rust/rayon.toml")),
    ("apis/rust/rdkafka.toml", include_str!("apis/rust/rdkafka.toml")),
    ("apis/rust/readers.toml", include_str!("apis/rust/readers.toml")),
    ("apis/rust/redb.toml", include_str!("apis/rust/redb.toml")),
    ("apis/rust/redis.toml", include_str!("apis/rust/redis.toml")),
    ("apis/rust/reqwest.toml", include_str!("apis/rust/reqwest.toml")),
    ("apis/rust/revm.toml", include_str!("apis/rust/revm.toml")),
    ("apis/rust/rocksdb.toml", include_str!("apis/rust/rocksdb.toml")),
    ("apis/rust/rsa.toml", include_str!("apis/rust/rsa.toml")),
    ("apis/rust/rusqlite.toml", include_str!("apis/rust/rusqlite.toml")),
    ("apis/rust/rustix.toml", include_str!("apis/rust/rustix.toml")),
    ("apis/rust/rustls.toml", include_str!("apis/rust/rustls.toml")),
    ("apis/rust/serde.toml", include_str!("apis/rust/serde.toml")),
    ("apis/rust/servers.toml", include_str!("apis/rust/servers.toml")),
    ("apis/rust/sled.toml", include_str!("apis/rust/sled.toml")),
    ("apis/rust/smol.toml", include_str!("apis/rust/smol.toml")),
    ("apis/rust/solana-client.toml", include_str!("apis/rust/solana-client.toml")),
    ("apis/rust/ssh2.toml", include_str!("apis/rust/ssh2.toml")),
    ("apis/rust/std-collections.toml", include_str!("apis/rust/std-collections.toml")),
    ("apis/rust/std-core.toml", include_str!("apis/rust/std-core.toml")),
    ("apis/rust/std-fs.toml", include_str!("apis/rust/std-fs.toml")),
    ("apis/rust/std-io.toml", include_str!("apis/rust/std-io.toml")),
    ("apis/rust/std-iter.toml", include_str!("apis/rust/std-iter.toml")),
    ("apis/rust/std-net.toml", include_str!("apis/rust/std-net.toml")),
    ("apis/rust/std-process.toml", include_str!("apis/rust/std-process.toml")),
    ("apis/rust/std-sync.toml", include_str!("apis/rust/std-sync.toml")),
    ("apis/rust/std-thread.toml", include_str!("apis/rust/std-thread.toml")),
    ("apis/rust/sync-clients.toml", include_str!("apis/rust/sync-clients.toml")),
    ("apis/rust/system.toml", include_str!("apis/rust/system.toml")),
    ("apis/rust/telemetry.toml", include_str!("apis/rust/telemetry.toml")),
    ("apis/rust/tempfile.toml", include_str!("apis/rust/tempfile.toml")),
    ("apis/rust/terminal.toml", include_str!("apis/rust/terminal.toml")),
    ("apis/rust/test-tools.toml", include_str!("apis/rust/test-tools.toml")),
    ("apis/rust/tokio-util.toml", include_str!("apis/rust/tokio-util.toml")),
    ("apis/rust/tokio.toml", include_str!("apis/rust/tokio.toml")),
    ("apis/rust/tower.toml", include_str!("apis/rust/tower.toml")),
    ("apis/rust/tungstenite.toml", include_str!("apis/rust/tungstenite.toml")),
    ("apis/rust/ureq.toml", include_str!("apis/rust/ureq.toml")),
    ("apis/rust/walking.toml", include_str!("apis/rust/walking.toml")),
    ("apis/rust/web-frameworks.toml", include_str!("apis/rust/web-frameworks.toml")),
    ("apis/rust/zstd.toml", include_str!("apis/rust/zstd.toml")),
];

#[cfg(test)]
mod tests {
    use super::{PAGES, TABLES};
    use std::path::Path;

    /// The files with this extension below `folder`, as paths relative to this crate.
    fn files(folder: &str, extension: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == extension) {
                    found.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        found.sort();
        found
    }

    fn names(list: &[(&str, &str)]) -> Vec<String> {
        list.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    #[test]
    fn every_page_is_listed_once_in_order() {
        let pages: Vec<String> = files("", "md").into_iter().filter(|it| !it.contains('/')).collect();
        assert_eq!(names(PAGES), pages, "add or remove lines in PAGES of rules/lib.rs");
    }

    #[test]
    fn every_table_is_listed_once_in_order() {
        assert_eq!(names(TABLES), files("apis", "toml"), "add or remove lines in TABLES of rules/lib.rs");
    }

    #[test]
    fn every_listed_text_is_the_file_it_names() {
        for (name, text) in PAGES.iter().chain(TABLES) {
            let on_disk = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
            assert!(*text == on_disk, "{name} is listed with the text of another file");
        }
    }
}

//! A real PostgreSQL in a directory of its own, and a role whose password is a short-lived token. Needs `initdb` and `pg_ctl`, as
//! Debian's `postgresql` brings them, and says so where they are missing.

use iam_refresh::{MintCx, Minted, SourceError, TokenSource};
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio_postgres::{Client, Config, NoTls};

pub(crate) struct Postgres {
    pub(crate) port: u16,
    programs: PathBuf,
    directory: PathBuf,
}

impl Postgres {
    /// A fresh cluster, or nothing where PostgreSQL is not installed.
    pub(crate) fn start() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Some(programs) = programs() else {
            // Past the test harness, which shows what `eprintln!` prints only for tests that fail.
            let notice = b"SKIPPED: no PostgreSQL here; install `postgresql` to test against a real one\n";
            std::io::stderr().write_all(notice).unwrap();
            return None;
        };
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        // Not in the target directory: PostgreSQL's own user must be able to reach it.
        let directory = std::env::temp_dir().join(format!("iam-refresh-postgres-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let postgres = Self { port, programs, directory };
        postgres.initialize();
        Some(postgres)
    }

    fn initialize(&self) {
        if root() {
            assert!(
                run(Command::new("chown").arg("postgres").arg(&self.directory)),
                "cannot hand over {}",
                self.directory.display()
            );
        }
        let data = self.directory.join("data");
        let initdb = ["-U", "postgres", "-A", "trust", "--no-sync", "-D"];
        assert!(run(self.program("initdb").args(initdb).arg(&data)), "initdb failed");
        // Read from the top: the role has to show its password, the administrator has not.
        let access = format!(
            "host all {} 127.0.0.1/32 scram-sha-256\nhost all postgres 127.0.0.1/32 trust\n",
            RotatingRole::NAME
        );
        std::fs::write(data.join("pg_hba.conf"), access).unwrap();
        let options =
            format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", self.port);
        let log = self.directory.join("log");
        let started =
            run(self.program("pg_ctl").arg("-D").arg(&data).arg("-l").arg(&log).args(["-w", "-o", &options, "start"]));
        assert!(started, "PostgreSQL does not start; see {}", log.display());
    }

    // PostgreSQL refuses to run as root, which is who tests are in most containers.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        if !root() {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    }

    pub(crate) async fn admin(&self) -> Client {
        let mut config = Config::new();
        config.host("127.0.0.1").port(self.port).user("postgres").dbname("postgres");
        let (client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        run(self.program("pg_ctl").arg("-D").arg(self.directory.join("data")).args(["-m", "immediate", "stop"]));
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

/// Sets a new password for every token, which ends the one before on the spot: harsher than IAM, where tokens overlap.
pub(crate) struct RotatingRole {
    admin: Client,
    lifetime: Duration,
}

impl RotatingRole {
    pub(crate) const NAME: &str = "app";

    pub(crate) async fn new(postgres: &Postgres, lifetime: Duration) -> Self {
        let admin = postgres.admin().await;
        admin.batch_execute(&format!("CREATE ROLE {} LOGIN", Self::NAME)).await.unwrap();
        Self { admin, lifetime }
    }
}

impl TokenSource for RotatingRole {
    async fn mint(&self, cx: MintCx) -> Result<Minted, SourceError> {
        let (password, end) = (format!("{:032x}", fastrand::u128(..)), cx.now.wall + self.lifetime);
        let until = OffsetDateTime::from(end).format(&Rfc3339).map_err(SourceError::permanent)?;
        let statement = format!("ALTER ROLE {} PASSWORD '{password}' VALID UNTIL '{until}'", Self::NAME);
        self.admin.batch_execute(&statement).await.map_err(SourceError::transient)?;
        Ok(Minted::new(password, end))
    }
}

/// Where `initdb` and `pg_ctl` are: in the path, or where Debian puts each major version.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let complete = |directory: &PathBuf| ["initdb", "pg_ctl"].iter().all(|name| directory.join(name).is_file());
    std::env::split_paths(&path).chain(debian).find(complete)
}

fn root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| std::os::unix::fs::MetadataExt::uid(&process) == 0)
}

fn run(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir(Path::new("/"));
    command.status().is_ok_and(|status| status.success())
}

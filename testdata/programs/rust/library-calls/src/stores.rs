//! Databases that live in files, and transactions of caches.

use r2d2_sqlite::SqliteConnectionManager;
use redis::Commands;

pub async fn pooled() {
    let pool = r2d2::Pool::new(SqliteConnectionManager::file("jobs.db")).unwrap(); // hazard[BL104]: pooled > r2d2::Pool::new
    let connection = pool.get().unwrap(); // hazard[BL104]: pooled > r2d2::Pool::get
    connection.execute("delete from jobs", []).unwrap(); // hazard[BL104]: pooled > rusqlite::Connection::execute
}

pub async fn script(mut connection: redis::Connection) -> redis::RedisResult<i64> {
    redis::Script::new("return 1").arg(1).invoke(&mut connection) // hazard[BL104]: script > redis::ScriptInvocation::invoke
}

pub async fn asynchronous_script(mut connection: redis::aio::MultiplexedConnection) -> redis::RedisResult<i64> {
    redis::Script::new("return 1").arg(1).invoke_async(&mut connection).await
}

pub async fn lightning(path: &std::path::Path) {
    let environment = lmdb::Environment::new().set_map_size(1 << 30).open(path).unwrap(); // hazard[BL104]: lightning > lmdb::EnvironmentBuilder::open
    let transaction = environment.begin_rw_txn().unwrap(); // hazard[BL104]: lightning > lmdb::Environment::begin_rw_txn
    lmdb::Transaction::commit(transaction).unwrap(); // hazard[BL104]: lightning > lmdb::Transaction::commit
    environment.begin_ro_txn().unwrap();
}

pub async fn duck() -> duckdb::Result<()> {
    let connection = duckdb::Connection::open("quack.db")?; // hazard[BL104]: duck > duckdb::Connection::open
    let mut appender = connection.appender("ducks")?;
    appender.append_row([1])?; // hazard(note)[BL104]: duck > duckdb::Appender::append_row
    appender.flush() // hazard[BL104]: duck > duckdb::Appender::flush
}

pub async fn offloaded_duck() {
    tokio::task::spawn_blocking(|| duckdb::Connection::open("quack.db")).await.unwrap().unwrap();
}

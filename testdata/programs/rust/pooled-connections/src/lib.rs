//! A pooled connection is used as what its manager makes; an asynchronous pool's connection runs what it is given elsewhere.

use r2d2::{Pool, PooledConnection};
use r2d2_sqlite::SqliteConnectionManager;

type Sqlite = Pool<SqliteConnectionManager>;

pub async fn handler(pool: Sqlite) {
    let connection = pool.get().unwrap(); // hazard[BL104]: handler > r2d2::Pool::get
    save(&connection);
}

fn save(connection: &PooledConnection<SqliteConnectionManager>) {
    connection.execute("insert into jobs values (1)", []).unwrap(); // hazard[BL104]: handler > save > rusqlite::Connection::execute
}

pub async fn offloaded(pool: Sqlite) {
    tokio::task::spawn_blocking(move || {
        let connection = pool.get().unwrap();
        connection.execute("delete from jobs", []).unwrap();
    })
    .await
    .unwrap();
}

pub async fn asynchronous(pool: deadpool_sqlite::Pool) {
    let connection = pool.get().await.unwrap();
    connection.interact(|it| it.execute("delete from jobs", [])).await.unwrap().unwrap();
}

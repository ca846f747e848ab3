use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use std::sync::atomic::{AtomicU64, Ordering};

diesel::table! {
    users (id) {
        id -> Int4,
    }
}

type Connection = PooledConnection<ConnectionManager<PgConnection>>;

// What a query is, macros make; what it is run on is a connection.
pub async fn list(connection: &mut Connection) -> QueryResult<Vec<i32>> {
    users::table.load::<i32>(&mut *connection) // hazard[BL104]: list > users::table::load
}

fn newest(connection: &mut PgConnection) -> QueryResult<i32> {
    users::table.order(users::id.desc()).first(connection) // hazard[BL104]: latest > newest > users::table::order()::first
}

pub async fn latest(pool: Pool<ConnectionManager<PgConnection>>) -> QueryResult<i32> {
    let mut connection = pool.try_get().unwrap();
    newest(&mut connection)
}

// Others have methods by these names.
pub async fn others(count: AtomicU64, names: Vec<i32>, connection: &mut diesel_async::AsyncPgConnection) -> Option<i32> {
    users::table.load::<i32>(connection).await.unwrap();
    count.load(Ordering::Relaxed);
    names.first().copied()
}

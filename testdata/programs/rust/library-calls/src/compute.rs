//! Libraries that compute for long.

use polars::prelude::*;

pub async fn frames() -> PolarsResult<DataFrame> {
    let frame = LazyFrame::scan_parquet("jobs.parquet".into(), Default::default())?;
    frame.filter(col("age").gt(lit(3))).group_by([col("owner")]).agg([col("age").sum()]).collect() // hazard[BL109]: frames > polars::prelude::LazyFrame::collect
}

pub async fn planned(frame: LazyFrame) -> LazyFrame {
    frame.filter(col("age").gt(lit(3))).select([col("age")])
}

pub async fn file() -> PolarsResult<DataFrame> {
    CsvReadOptions::default().with_has_header(true).try_into_reader_with_file_path(Some("jobs.csv".into()))?.finish() // hazard[BL109]: file > polars::prelude::CsvReader::finish
}

pub async fn passphrase(secret: age::secrecy::SecretString, text: &[u8], key: age::x25519::Recipient) {
    age::Encryptor::with_user_passphrase(secret.clone()); // hazard[BL109]: passphrase > age::Encryptor::with_user_passphrase
    age::encrypt(&age::scrypt::Recipient::new(secret), text).unwrap(); // hazard[BL109]: passphrase > age::encrypt
    age::encrypt(&key, text).unwrap();
}

pub async fn solve(goal: &z3::ast::Bool) {
    let solver = z3::Solver::new();
    solver.assert(goal);
    solver.check(); // hazard[BL109]: solve > z3::Solver::check
}

pub async fn django(password: &str, stored: &str) {
    djangohashers::check_password(password, stored).unwrap(); // hazard[BL109]: django > djangohashers::check_password
    djangohashers::is_password_usable(stored);
}

pub async fn batch(reader: parquet::arrow::arrow_reader::ParquetRecordBatchReader) {
    for _batch in reader {} // hazard(note)[BL109]: batch > parquet::arrow::arrow_reader::ParquetRecordBatchReader::next
}

pub async fn asynchronous_batch(mut reader: parquet::arrow::async_reader::ParquetRecordBatchStream<tokio::fs::File>) {
    futures::StreamExt::next(&mut reader).await.unwrap().unwrap();
}

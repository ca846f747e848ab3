//! Tables of tokens, dictionaries and caches.

pub async fn tokens() {
    tiktoken_rs::cl100k_base().unwrap(); // hazard[BL109]: tokens > tiktoken_rs::cl100k_base
    tiktoken_rs::cl100k_base_singleton();
}

pub async fn segments() {
    let jieba = jieba_rs::Jieba::new(); // hazard[BL109]: segments > jieba_rs::Jieba::new
    jieba.cut("text", false);
}

pub async fn cached(folder: &str) {
    cacache::read_sync(folder, "key").unwrap(); // hazard(note)[BL107]: cached > cacache::read_sync
    cacache::read(folder, "key").await.unwrap();
}

pub async fn rows() -> Result<(), odbc_api::Error> {
    let environment = odbc_api::Environment::new()?;
    let connection = environment.connect("source", "user", "secret", Default::default())?; // hazard[BL104]: rows > odbc_api::Environment::connect
    connection.execute("select 1", (), None)?; // hazard[BL104]: rows > odbc_api::Connection::execute
    connection.execute_polling("select 1", (), sleep).await?;
    Ok(())
}

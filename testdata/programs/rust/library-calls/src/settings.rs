//! Settings and sessions that go on with the call that is made on them.

use std::time::Duration;

pub async fn page() -> Result<String, ureq::Error> {
    let mut response = ureq::get("https://example.org").config().timeout_global(None).build().call()?; // hazard[BL102]: page > ureq::RequestBuilder::call
    if response.status() != 200 {
        return Ok(String::new());
    }
    response.body_mut().with_config().limit(1024).read_to_string() // hazard[BL102]: page > ureq::BodyWithConfig::read_to_string
}

pub async fn search(directory: &mut ldap3::LdapConn) {
    directory.with_timeout(Duration::from_secs(1)).search("ou=people", ldap3::Scope::Subtree, "(cn=me)", ["cn"]).unwrap(); // hazard[BL102]: search > ldap3::LdapConn::search
}

pub async fn asynchronous_search(directory: &mut ldap3::Ldap) {
    directory.with_timeout(Duration::from_secs(1)).search("ou=people", ldap3::Scope::Subtree, "(cn=me)", ["cn"]).await.unwrap();
}

pub async fn notifications(client: &mut postgres::Client) {
    let mut notifications = client.notifications();
    notifications.is_empty();
    notifications.blocking_iter().next().unwrap(); // hazard(error)[BL004]: notifications > postgres::notifications::BlockingIter::next
}

pub async fn temporary() {
    let mut file = tempfile::NamedTempFile::new().unwrap(); // hazard(note)[BL107]: temporary > tempfile::NamedTempFile::new
    file.path();
    file.write_all(b"text").unwrap(); // hazard(note)[BL107]: temporary > std::fs::File::write_all
}

pub async fn taken_apart() {
    let (mut file, path) = tempfile::NamedTempFile::new().unwrap().into_parts(); // hazard(note)[BL107]: taken_apart > tempfile::NamedTempFile::new
    file.sync_all().unwrap(); // hazard[BL107]: taken_apart > std::fs::File::sync_all
    path.to_str();
}

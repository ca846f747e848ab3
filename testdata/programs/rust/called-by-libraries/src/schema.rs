//! Blocks whose methods a macro makes callable from outside.

use async_graphql::Object;
use rmcp::{tool, tool_router};

pub struct Query;

#[Object]
impl Query {
    async fn now(&self) -> String {
        load().await
    }

    /// A resolver is called by the task that answers the query, asynchronous or not.
    fn disk(&self) -> String {
        std::thread::sleep(std::time::Duration::from_secs(1)); // hazard[BL101]: Query::disk > std::thread::sleep
        String::new()
    }

    // The schema does not have it.
    #[graphql(skip)]
    pub fn helper(&self) {
        std::thread::sleep(std::time::Duration::from_secs(2));
    }
}

impl Query {
    pub fn own(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
}

async fn load() -> String {
    String::new()
}

pub struct Server;

#[tool_router]
impl Server {
    #[tool(description = "Says what is installed")]
    fn packages(&self) -> String {
        let listed = std::process::Command::new("dpkg").arg("-l").output().unwrap(); // hazard[BL105]: Server::packages > std::process::Command::output
        String::from_utf8(listed.stdout).unwrap()
    }

    #[tool(description = "Says it without waiting")]
    async fn files(&self) -> String {
        tokio::task::spawn_blocking(|| std::fs::read_to_string("/etc/hosts")).await.unwrap().unwrap()
    }

    fn on_a_thread_of_its_own(&self) {
        std::process::Command::new("dpkg").arg("-l").output().unwrap();
    }
}

pub struct Box;

// Above the block the word collects; above a method it makes a tool.
#[tool(tool_box)]
impl Box {
    #[tool(description = "Says what is inside")]
    fn inside(&self) -> String {
        std::thread::sleep(std::time::Duration::from_secs(3)); // hazard[BL101]: Box::inside > std::thread::sleep
        String::new()
    }

    pub fn open(&self) {
        std::thread::sleep(std::time::Duration::from_secs(4));
    }
}

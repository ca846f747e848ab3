//! An attribute writes another trait beside the one under it, whose methods a server calls in its task.
use jsonrpsee::core::{async_trait, RpcResult};
use jsonrpsee::proc_macros::rpc;
use std::process::Command;

#[rpc(server)]
pub trait Api {
    #[method(name = "files_list")]
    fn list(&self) -> RpcResult<Vec<u8>>;

    #[method(name = "files_read")]
    async fn read(&self, name: String) -> RpcResult<Vec<u8>>;

    #[method(name = "files_hash", blocking)]
    fn hash(&self, name: String) -> RpcResult<Vec<u8>>;
}

pub struct Disk;

#[async_trait]
impl ApiServer for Disk {
    fn list(&self) -> RpcResult<Vec<u8>> {
        Ok(Command::new("ls").output().unwrap().stdout) // hazard: list > std::process::Command::output
    }

    async fn read(&self, name: String) -> RpcResult<Vec<u8>> {
        Ok(Command::new("cat").arg(name).output().unwrap().stdout) // hazard: read > std::process::Command::output
    }

    // It is called on a thread for what blocks.
    fn hash(&self, name: String) -> RpcResult<Vec<u8>> {
        Ok(Command::new("sum").arg(name).output().unwrap().stdout)
    }
}

// Nobody writes this one, and nobody calls it.
pub trait Tables {
    fn list(&self) -> Vec<u8>;
}

pub trait TablesServer {
    fn list(&self) -> Vec<u8>;
}

impl TablesServer for Disk {
    fn list(&self) -> Vec<u8> {
        Command::new("ls").output().unwrap().stdout
    }
}

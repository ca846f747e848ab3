//! A method of something unknown may be that of the program's own trait, which the file names.

pub trait Addresses {
    fn to_socket_addrs(&self) -> Vec<u8>;
}

pub struct Host(Vec<String>);

impl Host {
    pub async fn resolve(&self) -> Vec<u8> {
        unknown(self).to_socket_addrs()
    }
}

fn unknown<T>(host: T) -> impl Addresses {
    somewhere::wrap(host)
}

pub async fn first(list: somewhere::List) -> Vec<u8> {
    list[0].to_socket_addrs()
}

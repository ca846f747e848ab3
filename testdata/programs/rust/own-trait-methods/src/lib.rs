mod addresses;

// Where no such trait is named, the standard library's is meant.
pub async fn resolves(list: somewhere::List) -> bool {
    list[0].to_socket_addrs().is_ok() // hazard[BL103]: resolves > to_socket_addrs
}

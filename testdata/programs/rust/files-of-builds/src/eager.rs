pub async fn starts() {
    crate::rest();
}

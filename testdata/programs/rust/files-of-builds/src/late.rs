pub async fn waits() {
    crate::rest();
}

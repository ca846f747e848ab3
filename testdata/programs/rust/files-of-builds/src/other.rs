pub async fn waits_too() {
    crate::rest();
}

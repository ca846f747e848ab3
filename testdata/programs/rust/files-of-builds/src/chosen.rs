pub async fn starts_too() {
    crate::rest();
}

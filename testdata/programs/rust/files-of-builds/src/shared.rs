pub async fn shows() {
    crate::show();
}

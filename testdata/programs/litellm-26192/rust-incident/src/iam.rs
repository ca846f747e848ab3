//! Mints the token that the database takes as a password.

pub fn mint_token(role: &str) -> String {
    // hazard(warning): refresh > mint_token > call
    let reply = ureq::get(&format!("https://sts.amazonaws.com/?RoleArn={role}")).call();
    reply.map(|it| it.status().to_string()).unwrap_or_default()
}

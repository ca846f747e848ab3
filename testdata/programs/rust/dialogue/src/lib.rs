use std::io;

pub async fn set_up() -> io::Result<(String, String, String)> {
    asks()
}

// One conversation, whoever moves it off the loop moves all of it.
fn asks() -> io::Result<(String, String, String)> {
    let mut name = String::new();
    io::stdin().read_line(&mut name)?; // hazard[BL108]: set_up > asks > std::io::Stdin::read_line
    let mut host = String::new();
    io::stdin().read_line(&mut host)?;
    Ok((name, host, secret()?))
}

fn secret() -> io::Result<String> {
    let mut secret = String::new();
    io::stdin().read_line(&mut secret)?;
    Ok(secret)
}

//! What a value fails with may lead back to itself, by its type or by its value.
pub type Here = There;
pub type There = Here;

fn finds() -> Here {
    somewhere::find()
}

fn hands_on() -> Here {
    finds()?;
    somewhere::end()
}

pub async fn asks() {
    hands_on();
}

pub async fn goes_round(kind: u8) -> Result<u8, String> {
    let mut result = somewhere::start();
    loop {
        result = match kind {
            0 => result.map(step),
            1 => result.and_then(step),
            2 => result.or_else(step),
            3 => result.map_err(step),
            4 => result.ok_or(1),
            _ => result.and(result),
        };
        if kind > 3 {
            return result;
        }
        result?;
    }
}

fn step(value: u8) -> Result<u8, String> {
    Ok(value)
}

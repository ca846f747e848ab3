use crate::slow;
use std::str::FromStr;

pub struct Slow;
pub struct Fast;

impl From<String> for Slow {
    fn from(_: String) -> Self {
        slow();
        Self
    }
}

impl From<u8> for Slow {
    fn from(_: u8) -> Self {
        Self
    }
}

impl From<String> for Fast {
    fn from(_: String) -> Self {
        Self
    }
}

impl TryFrom<u32> for Slow {
    type Error = ();

    fn try_from(_: u32) -> Result<Self, ()> {
        std::fs::write("a", "b").map_err(|_| ())?; // hazard: try_into > try_from > std::fs::write
        Ok(Self)
    }
}

impl FromStr for Slow {
    type Err = std::io::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        std::fs::read(text)?; // hazard: parses > from_str > std::fs::read
        Ok(Self)
    }
}

impl Default for Slow {
    fn default() -> Self {
        let _ = std::fs::metadata("a"); // hazard: defaults > default > std::fs::metadata
        Self
    }
}

pub async fn into(text: String) {
    let _slow: Slow = text.into();
}

pub async fn try_into() -> Result<(), ()> {
    let _slow: Slow = 5u32.try_into()?;
    Ok(())
}

pub async fn parses(text: &str) -> Result<Slow, std::io::Error> {
    text.parse::<Slow>()
}

pub async fn defaults() {
    let _slow: Slow = Default::default();
}

pub async fn into_fast(text: String) -> Fast {
    text.into()
}

//! `#[macro_use] extern crate` brings a library's attributes into scope in every module of the package.

#[macro_use]
extern crate rocket;

mod api;

pub fn mount() -> rocket::Rocket<rocket::Build> {
    rocket::build().mount("/", api::routes())
}

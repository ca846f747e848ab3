//! Handlers that are no asynchronous functions.

use actix_web::web;
use futures::future::{self, Future};
use jsonrpsee::RpcModule;
use std::pin::Pin;
use tower_http::trace::TraceLayer;

fn upload(path: String) -> Pin<Box<dyn Future<Output = String>>> {
    std::fs::create_dir_all(&path).unwrap(); // hazard(note)[BL107]: configure > upload > std::fs::create_dir_all
    Box::pin(future::ready(path))
}

pub fn configure(config: &mut web::ServiceConfig) {
    config.service(web::resource("/upload").route(web::post().to(move |path: String| upload(path))));
    config.service(web::resource("/status").to(|| {
        std::thread::sleep(std::time::Duration::from_secs(1)); // hazard[BL101]: configure > std::thread::sleep
        future::ready("well")
    }));
    config.route("/report", web::get().to(|| web::block(|| std::fs::read_to_string("report"))));
}

pub fn methods(module: &mut RpcModule<()>) {
    module
        .register_method("version", |_, _, _| {
            std::process::Command::new("uname").output().unwrap().stdout // hazard[BL105]: methods > std::process::Command::output
        })
        .unwrap();
    module
        .register_blocking_method("long_version", |_, _, _| {
            std::process::Command::new("uname").arg("-a").output().unwrap().stdout
        })
        .unwrap();
}

pub fn traced() {
    let _layer = TraceLayer::new_for_http().on_request(|_: &http::Request<()>, _: &tracing::Span| {
        std::thread::sleep(std::time::Duration::from_millis(500)); // hazard[BL101]: traced > std::thread::sleep
    });
}

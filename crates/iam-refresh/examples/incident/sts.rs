//! A token service on loopback that falls ill: it then accepts each call and lets it wait.

use crate::Plan;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::time::Instant;

/// All tokens ever issued, with their ends: what the database looks them up in.
#[derive(Default)]
pub(crate) struct Issued(Mutex<HashMap<String, Instant>>);

impl Issued {
    pub(crate) fn issue(&self, lifetime: Duration) -> String {
        let token = format!("{:032x}", fastrand::u128(..));
        self.lock().insert(token.clone(), Instant::now() + lifetime);
        token
    }

    pub(crate) fn valid(&self, token: &str) -> bool {
        self.lock().get(token).is_some_and(|&end| Instant::now() < end)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct Sts {
    pub(crate) address: SocketAddr,
    pub(crate) issued: Arc<Issued>,
}

pub(crate) fn start(plan: Plan) -> Sts {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let sts = Sts { address: listener.local_addr().expect("its address"), issued: Arc::default() };
    let (start, issued) = (Instant::now(), Arc::clone(&sts.issued));
    thread::spawn(move || {
        for call in listener.incoming().flatten() {
            let ill = (plan.ill_from..plan.ill_until).contains(&start.elapsed());
            let issued = Arc::clone(&issued);
            // A thread a call: nobody's wait is anybody else's fault.
            thread::spawn(move || answer(call, if ill { plan.hang } else { Duration::ZERO }, plan.lifetime, &issued));
        }
    });
    sts
}

fn answer(call: TcpStream, delay: Duration, lifetime: Duration, issued: &Issued) {
    let mut request = String::new();
    let mut call = BufReader::new(call);
    if call.read_line(&mut request).is_ok() {
        thread::sleep(delay);
        // Who hung up meanwhile does not hear it.
        drop(writeln!(call.get_mut(), "{}", issued.issue(lifetime)));
    }
}

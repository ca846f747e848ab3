//! A closure that is passed to a function of the program is called with what that function calls it with.

use std::thread::sleep;
use std::time::Duration;

pub struct Row;

impl Row {
    fn load(&self) {
        sleep(Duration::from_secs(1)); // hazard: loads > each > loads > Row::load > std::thread::sleep
    }

    fn never(&self) {
        sleep(Duration::from_secs(1));
    }
}

pub struct Local;

impl Local {
    fn never(&self) {}
}

fn each<T>(rows: &[T], work: impl Fn(&T)) {
    for row in rows {
        work(row);
    }
}

pub async fn loads(rows: Vec<Row>) {
    each(&rows, |row| row.load());
}

pub async fn loads_nothing(rows: Vec<Local>) {
    each(&rows, |row| row.never());
}

pub async fn moves_on(rows: Vec<Row>) {
    each(&rows, |_| ());
}

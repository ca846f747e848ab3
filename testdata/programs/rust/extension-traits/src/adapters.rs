//! Two traits of the program give one method to whatever implements a library's.

pub mod slow {
    use futures::Stream;

    pub trait SlowExt: Stream {
        fn settle_down(&self) {
            std::thread::sleep(std::time::Duration::from_secs(6)); // hazard: settles_slowly > settle_down > std::thread::sleep
        }
    }

    impl<T: Stream + ?Sized> SlowExt for T {}
}

pub mod quick {
    use futures::Stream;

    pub trait QuickExt: Stream {
        fn settle_down(&self) {}
    }

    impl<T: Stream + ?Sized> QuickExt for T {}
}

//! What waits for a device, a kernel or a person's ear, and what only starts it.

use rodio::Player;

pub async fn mount(file_system: impl fuser::Filesystem, options: &[fuser::MountOption]) {
    fuser::mount2(file_system, "/mnt", options).unwrap(); // hazard[BL106]: mount > fuser::mount2
}

pub async fn mount_aside(file_system: impl fuser::Filesystem, options: &[fuser::MountOption]) {
    std::mem::forget(fuser::spawn_mount2(file_system, "/mnt", options).unwrap());
}

pub async fn changes(buffer: &mut [u8]) {
    let mut inotify = inotify::Inotify::init().unwrap();
    inotify.read_events(buffer).unwrap();
    inotify.read_events_blocking(buffer).unwrap(); // hazard[BL106]: changes > inotify::Inotify::read_events_blocking
}

pub async fn play(player: &Player) {
    player.play();
    player.sleep_until_end(); // hazard[BL106]: play > rodio::Player::sleep_until_end
}

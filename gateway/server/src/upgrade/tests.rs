use std::{
    io::{Read, Write},
    net::TcpStream,
};

use super::*;

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = path(folder.path());
    (folder, path)
}

#[tokio::test]
async fn a_connection_in_the_queue_is_accepted_by_the_process_that_takes_over() {
    let (_folder, path) = folder();
    let upgrades = Upgrades::prepare(&path).unwrap();
    upgrades.publish().unwrap();
    let (http, admin) = (listener(), listener());
    let mut queued = TcpStream::connect(http.local_addr().unwrap()).unwrap();
    queued.write_all(b"hello").unwrap();
    let sockets = [(Kind::Http, &http), (Kind::Admin, &admin)];

    let old = upgrades.next(&sockets);
    let new = async {
        let (mut old, sockets) = ask(&path).await.unwrap().unwrap();
        let took = sockets.took();
        assert_eq!((sockets.http.len(), sockets.https.len(), sockets.admin.is_some()), (1, 0, true));
        old.leave(took).await.unwrap();
        (old, sockets)
    };
    let (successor, (mut predecessor, sockets)) = tokio::join!(old, new);
    drop(http);
    assert_eq!(successor.took, Took { clients: Taken { http: true, https: false }, admin: true });
    assert_eq!(successor.process, i32::try_from(std::process::id()).ok());
    let (mut accepted, _) = sockets.http[0].accept().unwrap();
    let mut heard = [0; 5];
    accepted.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"hello");

    let mut successor = successor;
    successor.may_have_the_rest().await;
    predecessor.lets_go().await;
    drop(successor);
    predecessor.ends().await;
}

#[tokio::test]
async fn one_that_goes_before_it_is_ready_is_forgotten() {
    let (_folder, path) = folder();
    let upgrades = Upgrades::prepare(&path).unwrap();
    upgrades.publish().unwrap();
    let http = listener();
    let sockets = [(Kind::Http, &http)];
    let new = async {
        let (gone, sockets) = ask(&path).await.unwrap().unwrap();
        drop((gone, sockets));
        let (mut other, sockets) = ask(&path).await.unwrap().unwrap();
        other.leave(sockets.took()).await.unwrap();
    };
    let (successor, ()) = tokio::join!(upgrades.next(&sockets), new);
    assert!(successor.took.clients.http);
}

#[tokio::test]
async fn nobody_is_asked_where_nobody_runs() {
    let (_folder, path) = folder();
    assert!(ask(&path).await.unwrap().is_none(), "there is no socket");
    let upgrades = Upgrades::prepare(&path).unwrap();
    assert!(ask(&path).await.unwrap().is_none(), "it is not published");
    upgrades.publish().unwrap();
    drop(upgrades);
    assert!(!path.exists(), "it is removed with its process");
    // As a process leaves it that was killed.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(ask(&path).await.unwrap().is_none());
}

#[tokio::test]
async fn the_socket_of_a_successor_stays() {
    let (_folder, path) = folder();
    let old = Upgrades::prepare(&path).unwrap();
    old.publish().unwrap();
    let new = successor::Upgrades::prepare(&path.with_extension("other")).unwrap();
    std::fs::rename(path.with_extension(format!("{}.sock", std::process::id())), &path).unwrap();
    drop(old);
    assert!(path.exists());
    drop(new);
}

#[test]
fn sockets_at_other_addresses_than_wanted_are_not_taken() {
    let (kept, other) = (listener(), listener());
    let address = kept.local_addr().unwrap();
    let mut sockets = Sockets { http: vec![kept, other], https: vec![listener()], admin: Some(listener()) };
    let free = ([127, 0, 0, 1], 0).into();
    sockets.keep(Some(address), None, free);
    assert_eq!(sockets.http.iter().map(|socket| socket.local_addr().unwrap()).collect::<Vec<_>>(), [address]);
    assert_eq!(sockets.took(), Took { clients: Taken { http: true, https: false }, admin: true });
    assert_eq!(Took::of(sockets.took().byte()), sockets.took());
}

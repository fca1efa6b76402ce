//! OpenSSH's sshd, with a host key, a port and users' keys of its own.

use std::fs;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::process::{Process, free_port};

/// A server and the keys for it.
pub(crate) struct Sshd {
    folder: TempDir,
    pub(crate) port: u16,
    process: Option<Process>,
}

impl Sshd {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        for name in ["host", "other-host", "user", "other-user"] {
            let mut keygen = Command::new("ssh-keygen");
            let done = keygen.args(["-q", "-t", "ed25519", "-N", "", "-f", &at(name)]).status();
            assert!(done.unwrap().success());
        }
        fs::copy(at("user.pub"), at("authorized")).unwrap();
        let port = free_port();
        for (name, host, user) in [
            ("good", "host", "user"),
            ("wrong-host", "other-host", "user"),
            ("wrong-user", "host", "other-user"),
        ] {
            let key = fs::read_to_string(at(&format!("{host}.pub"))).unwrap();
            let known = at(&format!("known-{name}"));
            fs::write(&known, format!("[127.0.0.1]:{port} {key}")).unwrap();
            let config = format!(
                "IdentityFile {}\nIdentitiesOnly yes\nUserKnownHostsFile {known}\nGlobalKnownHostsFile /dev/null\n\
                 StrictHostKeyChecking yes\n",
                at(user),
            );
            fs::write(at(&format!("config-{name}")), config).unwrap();
        }
        // Another home: what the user's own shell does when it starts is no part of a test.
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
             PasswordAuthentication no\nPidFile none\nMaxStartups 100\nSetEnv HOME={}\n",
            at("host"),
            at("authorized"),
            folder.path().display()
        );
        fs::write(at("sshd.conf"), config).unwrap();
        let mut sshd = Self { folder, port, process: None };
        sshd.start();
        sshd
    }

    pub(crate) fn start(&mut self) {
        let config = self.folder.path().join("sshd.conf");
        let log = fs::File::create(self.folder.path().join("log")).unwrap();
        let mut command = Command::new("/usr/sbin/sshd");
        command.arg("-D").arg("-e").arg("-f").arg(config).stdin(Stdio::null()).stderr(log);
        self.process = Some(Process::start(&mut command, self.port));
    }

    /// How briefing reaches it, with good keys or wrong ones.
    pub(crate) fn client(&self, keys: &str) -> Vec<(&'static str, String)> {
        let config = self.folder.path().join(format!("config-{keys}"));
        vec![("BRIEFING_SSH", format!("ssh -F {}", config.display()))]
    }

    /// Ends the server and every connection to it.
    pub(crate) fn vanish(&mut self) {
        let children = |id: &str| -> Vec<String> {
            let output = Command::new("pgrep").args(["-P", id]).output().unwrap();
            String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::to_owned).collect()
        };
        let mut connections = children(&self.process.as_ref().unwrap().id().to_string());
        let theirs: Vec<String> = connections.iter().flat_map(|id| children(id)).collect();
        connections.extend(theirs);
        self.process = None;
        for id in connections {
            // One that has just ended is gone as well.
            let _ = Command::new("kill").args(["-KILL", &id]).stderr(Stdio::null()).status();
        }
    }

    /// `//USER@HOST:PORT` of the server.
    pub(crate) fn authority(&self) -> String {
        let user = Command::new("id").arg("-un").output().unwrap().stdout;
        format!("//{}@127.0.0.1:{}", String::from_utf8(user).unwrap().trim(), self.port)
    }

    /// A port that leads to the server, and breaks the first connections off.
    pub(crate) fn behind_a_bad_line(&self, broken: usize) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, to) = (listener.local_addr().unwrap().port(), self.port);
        std::thread::spawn(move || {
            for (n, near) in listener.incoming().flatten().enumerate() {
                if n < broken {
                    continue;
                }
                let far = TcpStream::connect(("127.0.0.1", to)).unwrap();
                for (mut from, mut to) in
                    [(near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near)]
                {
                    std::thread::spawn(move || {
                        // A connection that ends on one side ends on the other.
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Write);
                    });
                }
            }
        });
        port
    }
}

//! A row for every name of a secret.

use super::why;

/// Whether a file of that name, with nothing in it, is taken for a secret.
fn is_secret(path: &str) -> bool {
    why(path, b"x").is_some()
}

#[test]
fn every_name_of_a_secret_is_known() {
    let names = ".env .envrc .netrc _netrc .npmrc .yarnrc.yml .pypirc .htpasswd .htdigest .git-credentials .pgpass \
         pgpass.conf .my.cnf .mylogin.cnf .s3cfg .boto .dockercfg .dockerconfigjson .terraformrc terraform.rc \
         .vault-token .bash_history .zsh_history .sh_history .psql_history .mysql_history .sqlite_history \
         .python_history .node_repl_history .rediscli_history id_rsa id_dsa id_ecdsa id_ed25519 id_ed25519_sk \
         id_ecdsa_sk identity credentials credentials.json credentials.yml credentials.yaml credentials.csv \
         application_default_credentials.json known_hosts authorized_keys kubeconfig kubeconfig.yaml \
         kubeconfig.yml wp-config.php localsettings.php local_settings.py database.yml secrets.yml secrets.yaml \
         secrets.json secrets.toml master.key wallet.dat secring.gpg";
    for name in names.split_whitespace() {
        assert!(is_secret(name) && is_secret(&format!("a/{name}")), "{name}");
        assert!(is_secret(&name.to_uppercase()), "{name}");
    }
    let ends = ".env .p12 .pfx .p8 .pk8 .jks .jceks .keystore .keytab .kdbx .kdb .ppk .pvk .agilekeychain .opvault \
         .1pux .psafe3 .keychain .keychain-db .ovpn .tfstate .tfstate.backup .tfvars .tfvars.json .sqlite \
         .sqlite3 .sqlite-wal .sqlite3-wal .sql .sql.gz .sql.zip .sql.bz2 .sql.xz .har";
    for end in ends.split_whitespace() {
        let name = if end.starts_with(".sql.") || end == ".sql" { "dump" } else { "x" };
        assert!(is_secret(&format!("{name}{end}")), "{end}");
    }
    let folders = ".git .hg .svn .ssh .aws .azure .kube .docker .gnupg .gcloud .terraform";
    for folder in folders.split_whitespace() {
        assert!(is_secret(&format!("a/{folder}/x")), "{folder}");
    }
    for copy in "~ .bak .old .orig .save .swp .copy .txt".split_whitespace() {
        assert!(is_secret(&format!("wallet.dat{copy}")), "{copy}");
    }
    for sign in "dump backup export database prod".split_whitespace() {
        assert!(is_secret(&format!("{sign}.sql")), "{sign}");
    }
    for name in ["x", "x.txt", "wallet.dat.html", "example.sql", "a/git/x", "identity.html"] {
        assert!(!is_secret(name), "{name}");
    }
}

//! The tables of CSV files, read once for each state of their bytes.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Digest, SourcePath, memo_key};
use crate::content::table::{self, Table, TableFault};
use crate::site::Tables;
use crate::source::Source;

use super::memo::MemoMap;

memo_key! {
    /// What the table of a file depends on, beside its path.
    struct TableKey {
        /// The digest of its bytes; the default of a file that could not be read.
        digest: Digest,
    }
}

/// The tables of a site.
#[derive(Default)]
pub(super) struct TableFiles {
    known: MemoMap<SourcePath, TableKey, Result<Arc<Table>, Arc<TableFault>>>,
    /// The same value as long as it would be equal.
    tables: Arc<Tables>,
}

impl TableFiles {
    /// The tables among files, sorted by path.
    pub(super) fn tables<'a>(
        &mut self,
        source: &dyn Source,
        files: impl Iterator<Item = &'a SourcePath>,
    ) -> Arc<Tables> {
        let mut files: Vec<_> = files.filter(|file| is_table(file)).collect();
        files.sort();
        let read = |file: &&SourcePath| {
            let (digest, table) = self.table_of(source, file);
            ((*file).clone(), TableKey { digest }, table)
        };
        let entries: Vec<_> = files.par_iter().map(read).collect();
        let tables: Tables =
            entries.iter().map(|(file, _, table)| (file.clone(), table.clone())).collect();
        if *self.tables != tables {
            self.tables = Arc::new(tables);
        }
        self.known = entries.into_iter().collect();
        self.tables.clone()
    }

    /// The table of a file, and the digest of the bytes that it was read from.
    fn table_of(
        &self,
        source: &dyn Source,
        file: &SourcePath,
    ) -> (Digest, Result<Arc<Table>, Arc<TableFault>>) {
        let fault = |message: &str, help: &str| {
            let fault = TableFault { line: None, message: message.into(), help: help.into() };
            (Digest::default(), Err(Arc::new(fault)))
        };
        let unread = || fault("cannot be read", "check that you may read it");
        let Ok((digest, length)) = source.digest(file) else { return unread() };
        if let Some(known) = self.known.get(file, |_| TableKey { digest }) {
            return (digest, known.clone());
        }
        if length > table::MOST_BYTES {
            let most = table::MOST_BYTES / 1024;
            return fault(
                &format!("is larger than {most} KiB"),
                "leave out what the chart does not need",
            );
        }
        // Of the bytes that were read: a file that is written meanwhile is read again.
        let Ok(bytes) = source.read(file) else { return unread() };
        (Digest::of(&bytes), Table::of_file(&bytes).map(Arc::new).map_err(Arc::new))
    }
}

fn is_table(path: &SourcePath) -> bool {
    let name = path.file_name().as_bytes();
    name.len() > 4 && name[name.len() - 4..].eq_ignore_ascii_case(b".csv")
}

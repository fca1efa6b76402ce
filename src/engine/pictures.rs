//! What is known of pictures, read once for each state of their bytes.

use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Digest, SourcePath, memo_key};
use crate::derive::header::{self, PictureHeader};
use crate::site::{PictureFile, PictureFiles};
use crate::source::Source;

use super::memo::MemoMap;

memo_key! {
    /// What is known of a picture depends on this, beside its path.
    struct PictureKey {
        /// The digest of its bytes.
        digest: Digest,
    }
}

/// The pictures of a site.
#[derive(Default)]
pub(super) struct PictureMemos {
    known: MemoMap<SourcePath, PictureKey, PictureFile>,
    /// The same value as long as it would be equal.
    pictures: Arc<PictureFiles>,
}

/// Bytes of a file that are enough to know a picture by, but for a JPEG with a large profile.
const HEAD: usize = 256 * 1024;

impl PictureMemos {
    /// The pictures among files, sorted by path. One that cannot be read is none.
    pub(super) fn pictures<'a>(
        &mut self,
        source: &dyn Source,
        files: impl Iterator<Item = &'a SourcePath>,
    ) -> Arc<PictureFiles> {
        let mut files: Vec<_> = files.filter(|file| is_picture(file)).collect();
        files.sort();
        let look = |file: &&SourcePath| {
            let picture = self.picture(source, file).ok()?;
            Some(((*file).clone(), PictureKey { digest: picture.digest }, picture))
        };
        let entries: Vec<_> = files.par_iter().filter_map(look).collect();
        let pictures: PictureFiles =
            entries.iter().map(|(file, _, picture)| (file.clone(), picture.clone())).collect();
        if *self.pictures != pictures {
            self.pictures = Arc::new(pictures);
        }
        self.known = entries.into_iter().collect();
        self.pictures.clone()
    }

    fn picture(&self, source: &dyn Source, path: &SourcePath) -> io::Result<PictureFile> {
        let (digest, length) = source.digest(path)?;
        if let Some(known) = self.known.get(path, |_| PictureKey { digest }) {
            return Ok(known.clone());
        }
        let mut bytes = source.head(path, HEAD)?;
        if bytes.len() as u64 != length && header::needs_all(&bytes) {
            bytes = source.read(path)?;
        }
        let PictureHeader { size, format } =
            match path.file_name().to_ascii_lowercase().ends_with(".svg") {
                true => header::drawing(&bytes),
                false => header::header(&bytes),
            };
        Ok(PictureFile { digest, length, size, format })
    }
}

fn is_picture(path: &SourcePath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(|end| name.ends_with(end))
}

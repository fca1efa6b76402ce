//! The words that every other module speaks: paths by tree, ids, digests, places in a text.
//!
//! A path's type says which tree it belongs to: a [`SourcePath`] is read, an [`OutPath`] is written,
//! a [`UrlPath`] is what a browser asks for. None of them can be made from a string that would leave its tree.

mod base_url;
mod cache;
mod counted;
pub mod credential;
mod dense;
mod digest;
mod edit;
mod field_path;
mod hosts;
pub mod html;
mod id;
mod key;
mod lookalike;
mod media_type;
mod near_miss;
mod path;
mod percent;
mod phase;
mod shrink;
mod signs;
mod suggest;
mod text;
mod value;
pub mod work;

pub use base_url::{BadBase, BaseUrl, is_web};
pub use cache::Cache;
pub use counted::counted;
pub use dense::{is_dense, joins};
pub use digest::{Digest, Digested, Hasher};
pub use edit::Edit;
pub use field_path::FieldPath;
pub use hosts::host_name;
pub use id::{EntityId, InvalidId};
pub(crate) use key::{forgets, memo_key};
pub use lookalike::{did_you_mean, in_ascii};
pub use media_type::MediaType;
pub use near_miss::NearMissRule;
pub use path::{BadPath, OutPath, SourcePath, UrlPath};
pub use percent::{composed_url, percent_byte, percent_decoded};
pub use phase::Phase;
pub use shrink::shrunk_to_fit;
pub use signs::Signs;
pub use suggest::{MOST_SUGGESTED, nearest};
pub use text::{LineIndex, Position};
pub use value::digest_of;

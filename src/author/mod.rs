//! The commands that change a site's content, and those that begin it.
//!
//! Every command makes a plan first: which files get which bytes, and what is moved. A plan is a value that can be
//! shown as a diff and thrown away; nothing is decided while it is carried out. What a plan does not name is not
//! touched, byte for byte, and a file that is no longer as it was when the plan was made stops it.
//!
//! The only module beside `output/` and `publish/` that writes, and the only one that writes what authors wrote. It
//! prints nothing, asks nothing and knows no clock.

pub mod fix;
pub mod init;
pub mod overrides;
pub mod page;
mod plan;
pub mod rename;
#[cfg(test)]
mod tests;
pub mod theme;
mod write;

pub use plan::{EditPlan, FileChange, Move, NewFile};
pub use write::{Failure, Tops, apply, create};

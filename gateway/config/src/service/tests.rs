mod change;
mod follow;
mod grants;
mod modules;
mod report;
mod upload;

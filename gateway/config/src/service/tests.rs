mod change;
mod follow;
mod grants;
mod modules;
mod purges;
mod report;
mod upload;

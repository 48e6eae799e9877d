mod change;
mod follow;
mod report;
mod upload;

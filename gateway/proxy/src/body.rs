//! Bodies on their way through: frames pass as they come, unless a plugin has asked for all of them.

mod budget;
mod collect;
mod content;
mod filter;
mod rate;
mod request;
mod response;
mod upload;

pub(crate) use self::{
    budget::{Budget, Reservation},
    collect::{CollectFault, collect},
    content::{BodyTime, Content, ResponseFault, Streaming},
    filter::{BrokenOff, Filter},
    request::RequestBody,
    response::ResponseBody,
    upload::{Upload, UploadFault},
};

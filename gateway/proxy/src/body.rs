//! Bodies on their way through: nothing is collected, frames pass as they come.

mod request;
mod response;

pub(crate) use self::{
    request::{RequestBody, Upload, UploadFault},
    response::{ResponseBody, Streaming},
};

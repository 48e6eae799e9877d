//! A response on its way to the client.

use http::{Method, header::CONTENT_LENGTH};

use crate::{
    answer::Answer,
    body::{BrokenOff, CollectFault, ResponseFault, collect},
    chain::{Chain, Passage, Reason, Seen, Turn},
    error::GatewayError,
    exchange::Exchange,
};

/// Shows the answer to the plugins that asked for it, which may put another one in its place.
pub(super) async fn way_out(exchange: &mut Exchange, place: usize, answer: &mut Answer) {
    let serving = exchange.serving.clone();
    let route = Way { place, chain: &serving.route(place).chain };
    let mut turn = step(exchange, route, usize::MAX, answer);
    loop {
        // Waiting is in boxes: most requests do none of it and need no room for it.
        turn = match turn {
            Turn::Done => return,
            Turn::Waits(place) => Box::pin(wait(exchange, route, place, answer)).await,
            Turn::Buffers(place, max) => Box::pin(buffer(exchange, route, place, max, answer)).await,
        }
    }
}

/// The route that a response comes back on.
#[derive(Clone, Copy)]
struct Way<'a> {
    place: usize,
    chain: &'a Chain,
}

/// Shows the head to the plugins before `place`.
fn step(exchange: &mut Exchange, route: Way<'_>, place: usize, answer: &mut Answer) -> Turn {
    let (mut seen, passage) = lend(exchange, route);
    route.chain.way_out(place, answer, passage, &mut seen)
}

/// Shows the head to the plugin at `place`, which may have to wait, and then to those before it.
async fn wait(exchange: &mut Exchange, route: Way<'_>, place: usize, answer: &mut Answer) -> Turn {
    let (mut seen, passage) = lend(exchange, route);
    let wish = route.chain.wait_out(place, answer, passage, &mut seen, None).await;
    let turn = answer.wish(place, wish, passage, &seen);
    turn.unwrap_or_else(|| step(exchange, route, place, answer))
}

/// Shows the whole body to the plugin at `place`, and the head to those before it.
async fn buffer(exchange: &mut Exchange, route: Way<'_>, place: usize, max: u64, answer: &mut Answer) -> Turn {
    match collect(answer.response.body_mut(), max, &exchange.client.worker.buffers).await {
        Ok(mut held) => {
            answer.response.headers_mut().remove(CONTENT_LENGTH);
            let mut bytes = held.bytes.clone();
            let (mut seen, passage) = lend(exchange, route);
            let stays = match route.chain.link(place).waits {
                true => route.chain.wait_out(place, answer, passage, &mut seen, Some(&mut bytes)).await.is_some(),
                false => route.chain.body_out(place, answer, passage, &mut seen, &mut bytes),
            };
            if stays {
                match held.replace(bytes) {
                    Ok(()) => *answer.response.body_mut() = held.into(),
                    Err(_) => *answer = Answer::refusal(&GatewayError::BuffersFull, &exchange.id),
                }
            }
        }
        Err(fault) => *answer = Answer::refusal(&refusal(fault), &exchange.id),
    }
    step(exchange, route, place, answer)
}

fn lend<'a>(exchange: &'a mut Exchange, route: Way<'_>) -> (Seen<'a>, &'a mut Passage) {
    let Exchange { client, origin, id, serving, method, drawn, lowered_to, consumer, attributes, passage, .. } =
        exchange;
    let may_have_body = *method != Method::HEAD;
    let (route, drawn, lowered_to) = (route.place, *drawn, *lowered_to);
    let origin = *origin;
    (Seen { client, origin, id, serving, route, drawn, lowered_to, consumer, attributes, may_have_body }, passage)
}

fn refusal(fault: CollectFault<ResponseFault>) -> GatewayError {
    match fault {
        CollectFault::TooLarge => GatewayError::ResponseTooLarge,
        CollectFault::Exhausted => GatewayError::BuffersFull,
        CollectFault::Body(ResponseFault::Broken) => GatewayError::UpstreamBroken,
        CollectFault::Body(ResponseFault::TooSlow) => GatewayError::UpstreamTimeout,
        CollectFault::Body(ResponseFault::BrokenOff(BrokenOff { place, failed })) => {
            failed.unwrap_or(Reason::Failed).at(place)
        }
    }
}

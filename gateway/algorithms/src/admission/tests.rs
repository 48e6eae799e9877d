use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use PriorityClass::{Critical, High, Low, Normal};

const MS: u64 = 1_000_000;

fn rules() -> Rules {
    let rule = |max_wait_ms: u64, share| ClassRule { max_wait: max_wait_ms * MS, share };
    let classes = [rule(10_000, 0), rule(5_000, 0), rule(2_000, 0), rule(1_000, 0)];
    Rules { max_requests: 1_000, max_bytes: 1 << 20, classes }
}

fn of(class: PriorityClass, flow: u64) -> Request {
    Request { class, flow, bytes: 1, max_wait: None }
}

/// A queue of numbers, and what has become of those that it shed.
struct Waiting {
    queue: Queue<u32>,
    shed: Vec<(u32, Refusal)>,
}

impl Waiting {
    fn new(rules: Rules) -> Self {
        Self { queue: Queue::new(rules), shed: Vec::new() }
    }

    fn enter(&mut self, request: Request, item: u32, ms: u64) -> Result<Ticket, Refusal> {
        let shed = &mut self.shed;
        let entered = self.queue.enter(request, item, ms * MS, &mut |item, refusal| shed.push((item, refusal)));
        entered.map_err(|(refusal, _)| refusal)
    }

    fn next(&mut self, ms: u64) -> Option<u32> {
        let shed = &mut self.shed;
        let turn = self.queue.next(ms * MS, &mut |item, refusal| shed.push((item, refusal)));
        turn.map(|turn| turn.item)
    }

    /// All that are served, one each millisecond.
    fn rest(&mut self, from_ms: u64) -> Vec<u32> {
        (from_ms..).map_while(|ms| self.next(ms)).collect()
    }
}

#[test]
fn classes_go_in_order_of_importance() {
    let mut waiting = Waiting::new(rules());
    for (item, class) in [Low, Normal, Critical, High, Low, Critical].into_iter().enumerate() {
        waiting.enter(of(class, 1), u32::try_from(item).unwrap(), 0).unwrap();
    }
    assert_eq!((waiting.queue.waiting(Low), waiting.queue.waiting(Critical), waiting.queue.bytes()), (2, 2, 6));
    assert_eq!(waiting.rest(1), [2, 5, 3, 1, 0, 4]);
    assert_eq!((waiting.queue.len(), waiting.queue.bytes()), (0, 0));
}

#[test]
fn a_class_gets_its_share_even_while_those_above_wait() {
    let mut rules = rules();
    rules.classes[Low.rank()].share = 10;
    rules.classes[High.rank()].share = 20;
    let mut waiting = Waiting::new(rules);
    for item in 0..100 {
        for class in [Critical, High, Low] {
            waiting.enter(of(class, u64::from(item)), item, 0).unwrap();
        }
    }
    let mut got = [0; 4];
    // The hundredth is owed to two of them: the more important one comes first.
    for ms in 1..=101 {
        let shed = &mut waiting.shed;
        got[waiting.queue.next(ms * MS, &mut |item, why| shed.push((item, why))).unwrap().class.rank()] += 1;
    }
    assert_eq!(got, [71, 20, 0, 10]);
}

#[test]
fn room_for_one_class_goes_to_no_other_though_it_is_owed() {
    let mut rules = rules();
    rules.classes[Low.rank()].share = 100;
    let mut waiting = Waiting::new(rules);
    for item in 0..3 {
        waiting.enter(of(Low, 1), item, 0).unwrap();
        waiting.enter(of(Critical, 1), 10 + item, 0).unwrap();
    }
    assert_eq!(waiting.next(1), Some(0), "all slots are owed to it");
    let mut next_of = |class| waiting.queue.next_of(class, 2 * MS, &mut |_, _| ()).map(|turn| turn.item);
    assert_eq!([next_of(Critical), next_of(Critical), next_of(High)], [Some(10), Some(11), None]);
    assert_eq!(waiting.rest(3), [1, 2, 12]);
}

#[test]
fn a_share_is_not_saved_up_and_goes_to_others_while_its_class_does_not_wait() {
    let mut rules = rules();
    rules.classes[Low.rank()].share = 50;
    let mut waiting = Waiting::new(rules);
    for item in 0..20 {
        waiting.enter(of(Critical, 1), item, 0).unwrap();
    }
    let critical: Vec<_> = (1..=10).map(|ms| waiting.next(ms).unwrap()).collect();
    assert_eq!(critical, (0..10).collect::<Vec<_>>());
    for item in 100..110 {
        waiting.enter(of(Low, 1), item, 10).unwrap();
    }
    let then: Vec<_> = (11..=16).map(|ms| waiting.next(ms).unwrap()).collect();
    assert_eq!(then, [10, 100, 11, 101, 12, 102]);
}

#[test]
fn flows_take_turns_whatever_each_has_waiting() {
    let mut waiting = Waiting::new(rules());
    for item in 0..6 {
        waiting.enter(of(Normal, 1), item, 0).unwrap();
    }
    waiting.enter(of(Normal, 2), 20, 0).unwrap();
    waiting.enter(of(Normal, 3), 30, 0).unwrap();
    waiting.enter(of(Normal, 2), 21, 0).unwrap();
    assert_eq!(waiting.rest(1), [0, 20, 30, 1, 21, 2, 3, 4, 5]);
}

#[test]
fn a_flow_that_leaves_and_comes_back_has_one_turn_and_no_more() {
    let mut waiting = Waiting::new(rules());
    waiting.enter(of(Normal, 9), 900, 0).unwrap();
    for _ in 0..10_000 {
        let ticket = waiting.enter(of(Normal, 1), 1, 0).unwrap();
        assert_eq!(waiting.queue.leave(ticket), Some(1));
    }
    for item in 0..3 {
        waiting.enter(of(Normal, 1), 10 + item, 0).unwrap();
        waiting.enter(of(Normal, 2), 20 + item, 0).unwrap();
    }
    assert_eq!(waiting.rest(1), [900, 10, 20, 11, 21, 12, 22]);
}

#[test]
fn one_flow_leaves_room_for_all_others() {
    let mut waiting = Waiting::new(Rules { max_requests: 100, ..rules() });
    let of_flood = (0..200).filter(|item| waiting.enter(of(Normal, 1), *item, 0).is_ok()).count();
    assert_eq!(of_flood, 50, "a flow takes as much as it leaves free");
    assert_eq!(waiting.enter(of(Normal, 1), 0, 0), Err(Refusal::FlowFull));
    let of_next = (0..200).filter(|item| waiting.enter(of(Normal, 2), *item, 0).is_ok()).count();
    assert_eq!(of_next, 25);
    let others = (3..200).filter(|flow| waiting.enter(of(Normal, *flow), 0, 0).is_ok()).count();
    assert_eq!(others, 25);
    assert_eq!(waiting.enter(of(Normal, 1_000), 0, 0), Err(Refusal::QueueFull));
}

/// A flood of class low filled the queue within a moment, and until it was shed everybody was refused at the door alike.
#[test]
fn a_full_queue_has_room_for_those_who_are_more_important() {
    let mut waiting = Waiting::new(Rules { max_requests: 10, ..rules() });
    for (item, class) in [Normal, Normal, Low, Low, Low, Low, Low, Low, Low, Low].into_iter().enumerate() {
        let item = u32::try_from(item).unwrap();
        waiting.enter(of(class, item.into()), item, 0).unwrap();
    }
    assert_eq!(waiting.enter(of(Low, 99), 99, 0), Err(Refusal::QueueFull));
    for item in 100..104 {
        waiting.enter(of(Critical, 1), item, 0).unwrap();
    }
    let made_room: Vec<_> = waiting.shed.drain(..).collect();
    assert_eq!(made_room, [9, 8, 7, 6].map(|item| (item, Refusal::QueueFull)), "the last ones of the least important");
    // The flow has as many as are left for its class, with those of the others counted as free.
    assert_eq!((104..110).filter(|item| waiting.enter(of(Critical, 1), *item, 0).is_ok()).count(), 1);
    assert_eq!(waiting.enter(of(Critical, 1), 110, 0), Err(Refusal::FlowFull));
    for item in 200..205 {
        waiting.enter(of(Critical, item.into()), item, 0).unwrap();
    }
    assert_eq!(waiting.enter(of(Critical, 300), 300, 0), Err(Refusal::QueueFull));
    assert_eq!((waiting.queue.waiting(Critical), waiting.queue.len()), (10, 10));
}

#[test]
fn memory_is_taken_from_the_less_important_too() {
    let mut waiting = Waiting::new(Rules { max_bytes: 100, ..rules() });
    let request = |class, bytes| Request { bytes, ..of(class, 1) };
    for item in 0..5 {
        waiting.enter(request(Low, 20), item, 0).unwrap();
    }
    assert_eq!(waiting.enter(request(Normal, 101), 9, 0), Err(Refusal::QueueMemory));
    assert!(waiting.shed.is_empty(), "nobody makes room for what does not fit anyway");
    waiting.enter(request(Normal, 50), 10, 0).unwrap();
    assert_eq!(waiting.shed, [4, 3, 2].map(|item| (item, Refusal::QueueMemory)));
    assert_eq!(waiting.queue.bytes(), 90);
    assert_eq!(waiting.enter(request(Normal, 51), 11, 0), Err(Refusal::QueueMemory));
}

#[test]
fn what_waits_is_bounded_in_memory() {
    let mut waiting = Waiting::new(Rules { max_bytes: 100, ..rules() });
    let request = |bytes| Request { bytes, ..of(Normal, 1) };
    let first = waiting.enter(request(60), 1, 0).unwrap();
    assert_eq!(waiting.enter(request(41), 2, 0), Err(Refusal::QueueMemory));
    waiting.enter(request(40), 3, 0).unwrap();
    assert_eq!(waiting.queue.leave(first), Some(1));
    assert_eq!((waiting.queue.leave(first), waiting.queue.bytes()), (None, 40), "a ticket is good once");
    waiting.enter(request(60), 4, 0).unwrap();
}

#[test]
fn a_ticket_is_not_good_for_who_has_its_place_now() {
    let mut waiting = Waiting::new(rules());
    let ticket = waiting.enter(of(Normal, 1), 1, 0).unwrap();
    assert_eq!(waiting.next(1), Some(1));
    waiting.enter(of(Normal, 1), 2, 1).unwrap();
    assert_eq!(waiting.queue.leave(ticket), None);
    assert_eq!(waiting.next(2), Some(2));
}

#[test]
fn who_would_wait_too_long_is_refused_at_the_door() {
    let mut waiting = Waiting::new(rules());
    for item in 0..20 {
        waiting.enter(of(Normal, u64::from(item)), item, 0).unwrap();
    }
    // A slot each 100 ms: the 21st would wait 1.1 s behind the ten that are left, and one of class low 1.2 s and more.
    for ms in 1..=10 {
        waiting.next(ms * 100).unwrap();
    }
    let predicted = |waiting: &Waiting, request| waiting.queue.predicted_wait(&request, 1_000 * MS) / MS;
    assert_eq!((predicted(&waiting, of(Normal, 99)), predicted(&waiting, of(Critical, 99))), (1_100, 100));
    assert_eq!(waiting.enter(of(Low, 1), 100, 1_000), Err(Refusal::TooLong));
    let patient = |ms: u64| Request { max_wait: Some(ms * MS), ..of(Normal, 99) };
    assert_eq!(waiting.enter(patient(1_099), 100, 1_000), Err(Refusal::TooLong));
    waiting.enter(patient(1_100), 100, 1_000).unwrap();
    assert_eq!(waiting.enter(of(Critical, 1), 100, 1_000).map(drop), Ok(()));
}

#[test]
fn a_server_that_has_stopped_is_not_waited_for() {
    let mut waiting = Waiting::new(rules());
    for item in 0..3 {
        waiting.enter(of(Normal, u64::from(item)), item, 0).unwrap();
    }
    waiting.next(1).unwrap();
    waiting.enter(of(Low, 9), 9, 1_000).unwrap();
    assert_eq!(waiting.enter(of(Low, 10), 10, 1_500), Err(Refusal::TooLong), "no slot has come free for 1499 ms");
}

/// For a minute everybody found a slot, so none came free for those who wait. Then all were refused who did not, and since
/// nobody waited, that never ended.
#[test]
fn a_time_in_which_nobody_waited_does_not_make_a_wait_seem_long() {
    let mut waiting = Waiting::new(rules());
    waiting.enter(of(Low, 1), 1, 0).unwrap();
    assert_eq!(waiting.next(1), Some(1));
    assert_eq!(waiting.queue.predicted_wait(&of(Low, 2), 60_000 * MS) / MS, 1);
    waiting.enter(of(Low, 2), 2, 60_000).unwrap();
    assert_eq!(waiting.next(60_001), Some(2));
}

/// The server stood still for half a minute, and then nobody waited for it any more.
#[test]
fn a_standstill_is_forgotten_once_slots_come_free_again() {
    let mut waiting = Waiting::new(rules());
    for item in 0..2 {
        waiting.enter(of(Critical, item.into()), item, 0).unwrap();
    }
    let standstill = 9_000;
    assert_eq!([waiting.next(standstill), waiting.next(standstill)], [Some(0), Some(1)]);
    let mut refused = 0;
    for turn in 0..100 {
        let now = 60_000 + turn * 10;
        waiting.enter(of(Low, 1), 1, now).expect("who is alone is let in");
        refused += u32::from(waiting.enter(of(Low, 2), 2, now).is_err());
        while waiting.next(now + 5).is_some() {}
    }
    assert!(refused < 50, "{refused} of 100 were refused");
}

#[test]
fn nobody_waits_beyond_the_deadline() {
    let mut waiting = Waiting::new(rules());
    waiting.enter(of(Low, 1), 1, 0).unwrap();
    waiting.enter(of(Low, 2), 2, 500).unwrap();
    assert_eq!(waiting.next(1_001), Some(2), "the class is backlogged, but it got no slot");
    assert_eq!(waiting.shed, [(1, Refusal::Deadline)]);
}

#[test]
fn a_burst_that_drains_in_time_is_served_whole_and_in_order() {
    let mut waiting = Waiting::new(rules());
    for item in 0..400 {
        waiting.enter(of(Normal, u64::from(item)), item, 0).unwrap();
    }
    let served: Vec<u32> = (1..=400).filter_map(|turn| waiting.next(turn * 4)).collect();
    assert_eq!((served, waiting.shed.len()), ((0..400).collect(), 0));
}

/// Three come for each one that is served, one each millisecond, for as long as that.
fn overload(waiting: &mut Waiting, class: PriorityClass, from_ms: u64, ms: u64) -> Vec<(u32, u64)> {
    let mut waits = Vec::new();
    for now in from_ms..from_ms + ms {
        for part in 0..3 {
            let item = u32::try_from(now * 3 + part).unwrap();
            let _refused = waiting.enter(of(class, item.into()), item, now);
        }
        let shed = &mut waiting.shed;
        if let Some(turn) = waiting.queue.next(now * MS, &mut |item, why| shed.push((item, why))) {
            waits.push((turn.item, turn.waited / MS));
        }
    }
    waits
}

#[test]
fn a_backlogged_class_serves_the_newest_and_turns_the_others_away_soon() {
    let mut waiting = Waiting::new(rules());
    overload(&mut waiting, Low, 1, 1_500);
    assert!(waiting.queue.is_backlogged(Low, 1_500 * MS));
    waiting.shed.clear();
    let served = overload(&mut waiting, Low, 1_501, 500);
    assert_eq!(served.len(), 500, "no slot stays empty");
    let longest = served.iter().map(|(_, waited)| *waited).max().unwrap();
    assert!(longest <= 8, "{longest} ms is longer than eight slots");
    assert!(waiting.shed.iter().all(|(_, why)| *why == Refusal::Shed) && waiting.queue.len() < 40);
}

/// Everybody was shed who had waited for eight slots, so those of many who came together were, while the newest of the flood
/// had a turn each time.
#[test]
fn a_flood_has_its_own_requests_shed_and_not_those_of_others() {
    let mut waiting = Waiting::new(rules());
    let mut served = 0;
    for now in 1..=4_000 {
        for _ in 0..3 {
            let _refused = waiting.enter(of(Normal, 0), 0, now);
        }
        for flow in 1..=18 {
            if now % 20 == 0 {
                assert!(waiting.enter(of(Normal, flow), 1, now).is_ok());
            }
        }
        served += waiting.next(now).unwrap();
    }
    assert!(waiting.queue.is_backlogged(Normal, 4_000 * MS));
    assert!(waiting.shed.iter().all(|(item, _)| *item == 0), "all who are shed are of the flood");
    assert!(served >= 18 * 199, "{served}");
}

#[test]
fn a_class_is_calm_again_once_its_queue_was_empty() {
    let mut waiting = Waiting::new(rules());
    overload(&mut waiting, Low, 1, 2_000);
    let rest = waiting.rest(2_001);
    assert!(rest.len() < 40);
    for item in 0..3 {
        waiting.enter(of(Low, u64::from(item)), item, 2_100).unwrap();
    }
    assert!(!waiting.queue.is_backlogged(Low, 2_100 * MS));
    assert_eq!(waiting.rest(2_101), [0, 1, 2]);
}

#[test]
fn a_backlog_of_one_class_does_not_touch_the_one_above() {
    let mut waiting = Waiting::new(rules());
    overload(&mut waiting, Low, 1, 2_000);
    for item in 0..3 {
        waiting.enter(of(Critical, u64::from(item)), 9_000_000 + item, 2_001).unwrap();
    }
    assert_eq!([2_002, 2_003, 2_004].map(|ms| waiting.next(ms)), [9_000_000, 9_000_001, 9_000_002].map(Some));
}

#[test]
fn new_rules_leave_who_waits_where_they_are() {
    let mut waiting = Waiting::new(rules());
    for item in 0..10 {
        waiting.enter(of(Low, u64::from(item)), item, 0).unwrap();
    }
    let mut new = Rules { max_requests: 2, ..rules() };
    new.classes[Low.rank()].max_wait = 10_000 * MS;
    waiting.queue.set_rules(new);
    assert_eq!(waiting.enter(of(Critical, 1), 11, 1), Err(Refusal::QueueFull));
    assert_eq!((waiting.rest(2), waiting.shed.len()), ((0..10).collect(), 0));
}

#[derive(Clone, Debug)]
enum Step {
    Enter { class: usize, flow: u64, bytes: u64 },
    Leave(usize),
    Next,
    Wait(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let enter = (0..4_usize, 0..5_u64, 0..40_u64).prop_map(|(class, flow, bytes)| Step::Enter { class, flow, bytes });
    let step = prop_oneof![
        4 => enter,
        2 => (0..64_usize).prop_map(Step::Leave),
        3 => Just(Step::Next),
        1 => (0..900_u64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..400)
}

proptest! {
    #[test]
    fn everybody_leaves_once_and_what_waits_adds_up(steps in steps()) {
        let mut waiting = Waiting::new(Rules { max_requests: 20, max_bytes: 400, ..rules() });
        let mut here: Vec<(u32, Ticket, u64)> = Vec::new();
        let (mut now, mut item, mut left) = (0, 0, HashSet::new());
        for step in steps {
            match step {
                Step::Enter { class, flow, bytes } => {
                    let request = Request { bytes, ..of(PriorityClass::ALL[class], flow) };
                    if let Ok(ticket) = waiting.enter(request, item, now) {
                        here.push((item, ticket, bytes));
                    }
                    for (gone, _) in waiting.shed.drain(..) {
                        prop_assert!(left.insert(gone));
                        here.retain(|(item, ..)| *item != gone);
                    }
                    item += 1;
                }
                Step::Leave(place) if !here.is_empty() => {
                    let (item, ticket, _) = here.remove(place % here.len());
                    prop_assert_eq!(waiting.queue.leave(ticket), Some(item));
                    prop_assert!(left.insert(item));
                }
                Step::Leave(_) => prop_assert!(waiting.queue.is_empty()),
                Step::Next => {
                    let served = waiting.next(now);
                    prop_assert_eq!(served.is_none(), waiting.queue.is_empty() && served.is_none());
                    for gone in served.into_iter().chain(waiting.shed.drain(..).map(|(item, _)| item)) {
                        prop_assert!(left.insert(gone));
                        here.retain(|(item, ..)| *item != gone);
                    }
                }
                Step::Wait(ms) => now += ms,
            }
            prop_assert_eq!(waiting.queue.len(), here.len());
            prop_assert_eq!(waiting.queue.bytes(), here.iter().map(|(.., bytes)| bytes).sum::<u64>());
            let by_class: u32 = PriorityClass::ALL.iter().map(|class| waiting.queue.waiting(*class)).sum();
            prop_assert_eq!(by_class as usize, here.len());
            prop_assert!(here.len() <= 20);
        }
    }
}

//! The connection that charges share, apart from that of plugins' values: large values would hold it up, and it is given
//! up sooner.

use std::time::Duration;

use redis::{AsyncConnectionConfig, Client, Cmd, RedisError, Value, aio::MultiplexedConnection};
use tokio::time::{self, Instant};

use super::script::{CHARGE, NODES};

/// The longest time that connecting takes, with what is asked first.
pub(super) const CONNECT: Duration = Duration::from_millis(500);

/// A connection on which the scripts are known, and how far the server's clock is ahead of this process's.
pub(super) struct Link {
    connection: MultiplexedConnection,
    began: Instant,
    /// Microseconds from `began` to the server's clock, rather too many than too few: by up to a round trip.
    ahead: i64,
    /// When something was last sent, in microseconds since `began`.
    sent: i64,
}

impl Link {
    /// # Errors
    /// The server is out of reach, does not answer, or does not take scripts.
    pub(super) async fn connect(client: &Client) -> Result<Self, RedisError> {
        let too_long = |_| RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut));
        time::timeout(CONNECT, Self::open(client)).await.map_err(too_long)?
    }

    async fn open(client: &Client) -> Result<Self, RedisError> {
        // Both are timed where they are waited for: connecting as a whole, exchanges by the deadline of charges.
        let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        CHARGE.load_async(&mut connection).await?;
        NODES.load_async(&mut connection).await?;
        let began = Instant::now();
        let (seconds, micros): (i64, i64) = redis::cmd("TIME").query_async(&mut connection).await?;
        Ok(Self { connection, began, ahead: seconds * 1_000_000 + micros, sent: 0 })
    }

    /// Sends all commands at once; the answers in their order, of which each may be an error of the server.
    pub(super) async fn exchange(&mut self, commands: &[Cmd]) -> Result<Vec<Value>, RedisError> {
        let mut pipeline = redis::Pipeline::with_capacity(commands.len());
        for command in commands {
            pipeline.add_command(command.clone());
        }
        self.sent = self.elapsed();
        self.connection.send_packed_commands(&pipeline, 0, commands.len()).await
    }

    /// Has the server learn the scripts again: it forgets them when it starts anew.
    pub(super) async fn teach(&mut self) -> Result<(), RedisError> {
        CHARGE.load_async(&mut self.connection).await?;
        NODES.load_async(&mut self.connection).await.map(drop)
    }

    /// How long ago it was made.
    pub(super) fn age(&self) -> Duration {
        self.began.elapsed()
    }

    /// The microsecond of the server's clock after which nobody waits for what is sent now.
    pub(super) fn latest(&self, deadline: Duration) -> i64 {
        self.elapsed() + self.ahead + micros(deadline)
    }

    /// The server told the time in its last answer: clocks drift apart.
    pub(super) fn hear_clock(&mut self, told: i64) {
        self.ahead = told - self.sent;
    }

    /// The server told the time, if too late: its clock was set, or it has slept. Understood from now on.
    pub(super) fn set_clock(&mut self, told: i64) {
        self.ahead = told - self.elapsed();
    }

    fn elapsed(&self) -> i64 {
        micros(self.began.elapsed())
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

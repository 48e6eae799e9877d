//! What consumers have used of their quotas.

use jiff::civil::Date;
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use crate::{
    error::StoreError,
    rows,
    usage::{AccountName, Allowance, DayChange, Given, StoredUsage, UnsavedUsage, UsageDay},
};

/// Days that are kept to be read: as many as a store that nodes share keeps.
const KEPT_DAYS: &str = "-400 days";

/// Deletes what is older than anybody may read.
pub(super) async fn forget(pool: &SqlitePool) -> Result<(), StoreError> {
    for delete in [
        "DELETE FROM usage_days WHERE day < date('now', $1)",
        "DELETE FROM usage_allowances WHERE first_day < date('now', $1)",
    ] {
        let deleted = sqlx::query(delete).bind(KEPT_DAYS).execute(pool).await;
        deleted.map_err(StoreError::database("forget old usage"))?;
    }
    Ok(())
}

pub(super) async fn load(pool: &SqlitePool, since: Date) -> Result<StoredUsage, StoreError> {
    let failed = || StoreError::database("load the usage");
    let days = sqlx::query("SELECT usage_plan, consumer, day, used FROM usage_days WHERE day >= $1")
        .bind(since.to_string())
        .fetch_all(pool)
        .await
        .map_err(failed())?;
    let allowances = sqlx::query(
        "SELECT usage_plan, consumer, first_day AS day, extra, forgiven FROM usage_allowances WHERE first_day >= $1",
    )
    .bind(since.to_string())
    .fetch_all(pool)
    .await
    .map_err(failed())?;
    let first =
        sqlx::query("SELECT usage_plan, consumer, min(day) AS day FROM usage_days GROUP BY usage_plan, consumer")
            .fetch_all(pool)
            .await
            .map_err(failed())?;
    Ok(StoredUsage {
        days: days.iter().map(day).collect::<Result<_, _>>()?,
        allowances: allowances.iter().map(allowance).collect::<Result<_, _>>()?,
        first_days: first.iter().map(|row| Ok((account(row), date(row)?))).collect::<Result<_, StoreError>>()?,
    })
}

/// The connection is in a transaction.
pub(super) async fn save(connection: &mut SqliteConnection, unsaved: &UnsavedUsage) -> Result<(), StoreError> {
    for DayChange { account, day, by } in &unsaved.days {
        let upsert = "INSERT INTO usage_days (usage_plan, consumer, day, used) VALUES ($1, $2, $3, max(0, $4))
                      ON CONFLICT (usage_plan, consumer, day) DO UPDATE SET used = max(0, used + $4)";
        put(connection, upsert, account, *day, &[*by]).await?;
    }
    for Allowance { account, from, given } in &unsaved.allowances {
        let upsert = "INSERT INTO usage_allowances (usage_plan, consumer, first_day, extra, forgiven)
                      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (usage_plan, consumer, first_day)
                      DO UPDATE SET extra = min(extra + $4, 9007199254740991),
                                    forgiven = min(forgiven + $5, 9007199254740991)";
        put(connection, upsert, account, *from, &[given.extra, given.forgiven].map(rows::signed)).await?;
    }
    Ok(())
}

async fn put(
    connection: &mut SqliteConnection,
    upsert: &'static str,
    account: &AccountName,
    day: Date,
    numbers: &[i64],
) -> Result<(), StoreError> {
    let query = sqlx::query(upsert).bind(&*account.usage_plan).bind(&*account.consumer).bind(day.to_string());
    let query = numbers.iter().fold(query, |query, number| query.bind(*number));
    query.execute(connection).await.map(drop).map_err(StoreError::database("save the usage"))
}

pub(super) async fn days(
    pool: &SqlitePool,
    account: &AccountName,
    from: Date,
    to: Date,
) -> Result<Vec<UsageDay>, StoreError> {
    let select = "SELECT usage_plan, consumer, day, used FROM usage_days
                  WHERE usage_plan = $1 AND consumer = $2 AND day BETWEEN $3 AND $4 ORDER BY day";
    let stored = sqlx::query(select)
        .bind(&*account.usage_plan)
        .bind(&*account.consumer)
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("read the usage"))?;
    stored.iter().map(day).collect()
}

fn day(row: &SqliteRow) -> Result<UsageDay, StoreError> {
    Ok(UsageDay { account: account(row), day: date(row)?, used: rows::unsigned(row.get("used")) })
}

fn allowance(row: &SqliteRow) -> Result<Allowance, StoreError> {
    let [extra, forgiven] = ["extra", "forgiven"].map(|column| rows::unsigned(row.get(column)));
    Ok(Allowance { account: account(row), from: date(row)?, given: Given { extra, forgiven } })
}

fn account(row: &SqliteRow) -> AccountName {
    AccountName {
        usage_plan: row.get::<String, _>("usage_plan").into(),
        consumer: row.get::<String, _>("consumer").into(),
    }
}

fn date(row: &SqliteRow) -> Result<Date, StoreError> {
    let text: String = row.get("day");
    text.parse().map_err(|error: jiff::Error| StoreError::corrupt(format!("a day of usage {text:?}"), error))
}

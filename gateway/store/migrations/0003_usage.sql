-- What consumers have used of their quotas. No references: usage outlives its plan and its consumer, as bills do.
CREATE TABLE usage_days (
    usage_plan TEXT NOT NULL,
    consumer TEXT NOT NULL,
    day TEXT NOT NULL, -- in the plan's time zone, as 2026-11-29
    used INTEGER NOT NULL,
    PRIMARY KEY (usage_plan, consumer, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_days_by_day ON usage_days (day);

CREATE TABLE usage_allowances (
    usage_plan TEXT NOT NULL,
    consumer TEXT NOT NULL,
    first_day TEXT NOT NULL, -- of the period for which it is given
    extra INTEGER NOT NULL, -- requests beyond the quota
    forgiven INTEGER NOT NULL, -- requests that were used, and count no more
    PRIMARY KEY (usage_plan, consumer, first_day)
) STRICT, WITHOUT ROWID;

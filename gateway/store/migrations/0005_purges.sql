-- What is no longer to be served from caches. No part of the document: a purge outlives every edit. A later one takes the
-- place of those that it covers, so there is one of a scope and hardness.
CREATE TABLE purges (
    scope TEXT NOT NULL, -- all, url, prefix or tag
    value TEXT NOT NULL, -- empty for all
    soft INTEGER NOT NULL, -- 0 or 1
    revision INTEGER NOT NULL REFERENCES revisions (number), -- that it made
    PRIMARY KEY (scope, value, soft)
) STRICT, WITHOUT ROWID;

CREATE INDEX purges_by_revision ON purges (revision);

-- What was cached under revisions before this one is gone: purges of it may have been dropped.
CREATE TABLE purge_floor (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
) STRICT;

INSERT INTO purge_floor (id, revision) VALUES (1, 0);

-- Revisions with what they did, also where they changed no resource.
CREATE INDEX audit_by_revision ON audit (revision) WHERE revision IS NOT NULL;

CREATE VIEW told_revisions AS
SELECT number, actor, committed_at_ms, comment,
    (SELECT detail FROM audit WHERE audit.revision = number ORDER BY id LIMIT 1) AS summary
FROM revisions;

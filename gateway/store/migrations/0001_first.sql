-- The document, a row per resource: a change writes only the rows it touches.
CREATE TABLE resources (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL, -- JSON, the wire form
    revision INTEGER NOT NULL, -- that wrote this row last
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE revisions (
    number INTEGER NOT NULL PRIMARY KEY,
    actor TEXT NOT NULL,
    committed_at_ms INTEGER NOT NULL, -- since the Unix epoch
    comment TEXT
) STRICT;

-- What each revision did, so that it can be shown, followed and undone.
CREATE TABLE changes (
    revision INTEGER NOT NULL REFERENCES revisions (number),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT, -- NULL: it was created
    after TEXT, -- NULL: it was deleted
    PRIMARY KEY (revision, kind, name)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: an id is never used twice, so a page that goes on after one is never wrong.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    revision INTEGER REFERENCES revisions (number),
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE modules (
    id INTEGER NOT NULL PRIMARY KEY, -- in the order of uploads
    digest TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL, -- JSON
    wasm BLOB NOT NULL,
    size INTEGER NOT NULL,
    uploaded_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE admin_tokens (
    name TEXT NOT NULL PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    created_at_ms INTEGER NOT NULL,
    created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE installation_secrets (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

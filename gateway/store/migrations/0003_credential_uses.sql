-- When each credential was last used. It is no configuration: it has no revision, and losing it loses no access.
CREATE TABLE credential_uses (
    credential TEXT NOT NULL,
    key_digest TEXT NOT NULL, -- empty where the credential is no API key
    at_ms INTEGER NOT NULL, -- since the Unix epoch
    PRIMARY KEY (credential, key_digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX credential_uses_by_time ON credential_uses (at_ms);

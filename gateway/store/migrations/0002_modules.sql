-- Who uploaded a module, and whose signature it came with.
ALTER TABLE modules ADD COLUMN uploaded_by TEXT; -- NULL: the audit log does not say
ALTER TABLE modules ADD COLUMN signer TEXT; -- NULL: it came without a signature that anyone asked for

UPDATE modules SET uploaded_by = (
    SELECT actor FROM audit
    WHERE action = 'module.uploaded' AND instr(detail, modules.digest) > 0
    ORDER BY id LIMIT 1
);

-- The history of one resource.
CREATE INDEX changes_of_resource ON changes (kind, name, revision);

-- what the last look at a target saw; the one before is not kept
CREATE TABLE IF NOT EXISTS condition (
    target TEXT PRIMARY KEY,
    body   TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

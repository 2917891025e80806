CREATE TABLE run (
    n        INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    delivery TEXT NOT NULL UNIQUE,
    target   TEXT NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX one_open_run_per_target ON run (target) WHERE finished = 0;

CREATE TABLE event (
    run  TEXT NOT NULL REFERENCES run (id),
    seq  INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE target_event (
    n      INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    body   TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE INDEX target_event_by_target ON target_event (target, n);

-- holder is empty when the lease was given back; the token stays, so that it only rises
CREATE TABLE lease (
    key    TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    token  INTEGER NOT NULL,
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id   INTEGER PRIMARY KEY,
    run  TEXT NOT NULL,
    seq  INTEGER NOT NULL,
    kind TEXT NOT NULL,
    FOREIGN KEY (run, seq) REFERENCES event (run, seq)
) STRICT;

CREATE TABLE told (
    face TEXT PRIMARY KEY,
    id   INTEGER NOT NULL REFERENCES outbox (id)
) STRICT, WITHOUT ROWID;

-- each event has its place in one chain over both tables; those from before it have none
ALTER TABLE event ADD COLUMN number INTEGER;
ALTER TABLE event ADD COLUMN hash TEXT;
ALTER TABLE target_event ADD COLUMN number INTEGER;
ALTER TABLE target_event ADD COLUMN hash TEXT;

-- one row: what the chain begins with, and its last event
CREATE TABLE chain (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    start  TEXT NOT NULL CHECK (json_valid(start)),
    number INTEGER NOT NULL,
    hash   TEXT NOT NULL
) STRICT;

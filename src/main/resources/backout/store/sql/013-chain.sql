-- each event has its place in one chain over both tables: 1, 2, 3 …; 0 is from before the chain, and
-- an older Backout that is still at work writes none
ALTER TABLE event ADD COLUMN number INTEGER;
ALTER TABLE event ADD COLUMN hash TEXT;
ALTER TABLE target_event ADD COLUMN number INTEGER;
ALTER TABLE target_event ADD COLUMN hash TEXT;

UPDATE event SET number = 0;
UPDATE target_event SET number = 0;

-- one row: what the chain begins with
CREATE TABLE chain (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    start TEXT NOT NULL CHECK (json_valid(start))
) STRICT;

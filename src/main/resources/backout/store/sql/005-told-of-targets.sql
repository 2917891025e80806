-- how far a face has told what happened to targets beside their runs
CREATE TABLE IF NOT EXISTS told_of_targets (
    face TEXT PRIMARY KEY,
    n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO told_of_targets (face, n)
    SELECT face, (SELECT coalesce(max(n), 0) FROM target_event) FROM told;

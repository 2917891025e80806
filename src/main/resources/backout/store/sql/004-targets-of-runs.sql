-- a run may be about several targets; open is 1 while it holds them
CREATE TABLE IF NOT EXISTS run_target (
    run    TEXT NOT NULL REFERENCES run (id),
    target TEXT NOT NULL,
    open   INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (run, target)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX IF NOT EXISTS one_open_run_of_a_target ON run_target (target) WHERE open = 1;

INSERT OR IGNORE INTO run_target (run, target, open) SELECT id, target, 1 - finished FROM run;

DROP INDEX IF EXISTS one_open_run_per_target;

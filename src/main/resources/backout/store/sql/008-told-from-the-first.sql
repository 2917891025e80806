-- a face that joined before anything happened has told nothing: 0, which is no row of the outbox
CREATE TABLE told_anew (
    face TEXT PRIMARY KEY,
    id   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO told_anew (face, id) SELECT face, id FROM told;
DROP TABLE told;
ALTER TABLE told_anew RENAME TO told;

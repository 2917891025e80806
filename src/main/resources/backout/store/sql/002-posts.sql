CREATE TABLE post (
    n       INTEGER PRIMARY KEY,
    run     TEXT NOT NULL REFERENCES run (id),
    kind    TEXT NOT NULL,
    chat    TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    shown   INTEGER NOT NULL,
    told    INTEGER NOT NULL,
    over    TEXT NOT NULL,
    UNIQUE (run, kind, chat, channel)
) STRICT;

CREATE INDEX open_post ON post (chat, n) WHERE over = '';

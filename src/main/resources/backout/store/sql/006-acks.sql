-- who pressed the button of a test message of bot/backout doctor
CREATE TABLE IF NOT EXISTS ack (
    test   TEXT NOT NULL,
    person TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (test, person)
) STRICT, WITHOUT ROWID;

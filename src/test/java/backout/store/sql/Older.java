package backout.store.sql;

import java.util.List;

/** What makes tables of today those of former times. */
public final class Older {
    /** Without what came with the chain, which can be added only once. */
    public static final List<String> WITHOUT_CHAIN =
            List.of(
                    "DROP TABLE chain",
                    "ALTER TABLE event DROP COLUMN number",
                    "ALTER TABLE event DROP COLUMN hash",
                    "ALTER TABLE target_event DROP COLUMN number",
                    "ALTER TABLE target_event DROP COLUMN hash",
                    "PRAGMA user_version = " + Schema.SCRIPTS.indexOf("013-chain.sql"));

    private Older() {}
}

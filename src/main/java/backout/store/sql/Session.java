package backout.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection, told in statements and rows, by one thread at a time. What was said once is not
 * parsed again: for short statements that takes longer than all the rest.
 *
 * @param idle statements that nobody is using, by their text
 */
record Session(Connection connection, Map<String, PreparedStatement> idle) {
    Session(Connection connection) {
        this(connection, new HashMap<>());
    }

    /** Makes something of the row that the cursor is on. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Runs one statement that needs no values, also those that are no part of a transaction. */
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a script of many statements. */
    void script(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /**
     * @return how many rows were changed
     */
    int change(String sql, Object... values) throws SQLException {
        return with(sql, PreparedStatement::executeUpdate, values);
    }

    <T> List<T> rows(String sql, Row<T> row, Object... values) throws SQLException {
        var rows = new ArrayList<T>();
        each(sql, cursor -> rows.add(row.of(cursor)), values);
        return List.copyOf(rows);
    }

    /** Does something with the row that the cursor is on. */
    interface Each {
        void of(ResultSet row) throws SQLException;
    }

    /** The same for any number of rows: none is kept. */
    void each(String sql, Each each, Object... values) throws SQLException {
        with(
                sql,
                statement -> {
                    try (var cursor = statement.executeQuery()) {
                        while (cursor.next()) {
                            each.of(cursor);
                        }
                        return 0;
                    }
                },
                values);
    }

    <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
        return rows(sql, row, values).stream().findFirst();
    }

    /** Changes with each commit of anybody else, in whichever process. */
    long version() throws SQLException {
        return first("PRAGMA data_version", row -> row.getLong(1)).orElseThrow();
    }

    private interface Use {
        int of(PreparedStatement statement) throws SQLException;
    }

    /** One that went wrong is not used again; within its own use the same text is another one. */
    private int with(String sql, Use use, Object... values) throws SQLException {
        PreparedStatement known = idle.remove(sql);
        PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
        boolean well = false;
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            int result = use.of(statement);
            well = true;
            return result;
        } finally {
            PreparedStatement former = well ? idle.put(sql, statement) : statement;
            if (former != null) {
                former.close();
            }
        }
    }
}

package backout.chat.slack;

import backout.chat.Block;
import backout.language.Phrase;

import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as a phone can show it: aligned where it is narrow, otherwise each row as an item with
 * its cells named.
 */
final class SlackTable {
    /** What Slack shows of a monospaced line on a phone that is held upright. */
    private static final int PHONE = 40;

    private static final String GAP = "  ";

    private final SlackWords words;
    private final String title;
    private final List<String> headers;
    private final List<List<String>> rows;

    SlackTable(Block.Table table, SlackWords words) {
        this.words = words;
        title = SlackText.line(table.title().toString());
        headers = table.headers().stream().map(Phrase::toString).map(SlackText::line).toList();
        rows =
                table.texts().stream()
                        .map(row ->
                                row.stream().map(Phrase::toString).map(SlackText::line).toList())
                        .toList();
    }

    JsonObject block(int room) {
        var parts = new ArrayList<JsonObject>();
        if (!title.isEmpty()) {
            parts.add(Kit.section(List.of(Kit.bold(words.cut(title, room / 2)))));
        }
        if (rows.isEmpty()) {
            parts.add(Kit.section(List.of(Kit.text(words.say(Phrase.of("– none"))))));
        } else if (isNarrow()) {
            parts.add(Kit.preformatted(String.join("\n", words.first(aligned(), room / 2))));
        } else {
            items(parts, room / 2);
        }
        return Kit.rich(parts);
    }

    private boolean isNarrow() {
        int width = GAP.length() * (headers.size() - 1);
        for (int column = 0; column < headers.size(); column++) {
            width += width(column);
        }
        return width <= PHONE
                && rows.stream().flatMap(List::stream).allMatch(SlackTable::isOneWide);
    }

    private int width(int column) {
        int widest = headers.get(column).length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }

    /** Chinese letters and emoji are as wide as no number of columns. */
    private static boolean isOneWide(String text) {
        return text.codePoints().allMatch(point -> point < 0x1100);
    }

    private List<String> aligned() {
        var lines = new ArrayList<String>();
        lines.add(aligned(headers));
        rows.forEach(row -> lines.add(aligned(row)));
        return lines;
    }

    private String aligned(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private void items(List<JsonObject> parts, int room) {
        var items = new ArrayList<JsonObject>();
        int used = 0;
        for (List<String> row : rows) {
            String first = words.cut(row.getFirst(), room / 2);
            String rest = words.cut(named(row), room / 2);
            used += first.length() + rest.length();
            if (!items.isEmpty() && used > room) {
                break;
            }
            items.add(
                    Kit.section(
                            rest.isEmpty()
                                    ? List.of(Kit.bold(first))
                                    : List.of(Kit.bold(first), Kit.text("\n" + rest))));
        }
        parts.add(Kit.bullets(items));
        if (items.size() < rows.size()) {
            int left = rows.size() - items.size();
            String note = words.say(Phrase.count(left, "… {0} more row", "… {0} more rows"));
            parts.add(Kit.section(List.of(Kit.text(note))));
        }
    }

    private String named(List<String> row) {
        var cells = new ArrayList<String>();
        for (int column = 1; column < row.size(); column++) {
            if (!row.get(column).isEmpty()) {
                cells.add(words.say(Phrase.of("{0}: {1}", headers.get(column), row.get(column))));
            }
        }
        return String.join(" · ", cells);
    }
}

package backout.chat;

import backout.language.Phrase;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as a phone can show it: aligned where it is narrow, otherwise each row as an item with
 * its cells named.
 */
public final class NarrowTable {
    private static final String GAP = "  ";

    private final Words words;
    private final String title;
    private final List<String> headers;
    private final List<List<String>> rows;

    /**
     * @param table said in the language of {@code words} already
     */
    public NarrowTable(Block.Table table, Words words) {
        this.words = words;
        title = PlainText.line(table.title().toString());
        headers = table.headers().stream().map(Phrase::toString).map(PlainText::line).toList();
        rows =
                table.texts().stream()
                        .map(row ->
                                row.stream().map(Phrase::toString).map(PlainText::line).toList())
                        .toList();
    }

    /** How it is shown. */
    public sealed interface Shape {
        /** To be shown in letters that are all as wide. */
        record Aligned(List<String> lines) implements Shape {
            public Aligned {
                lines = List.copyOf(lines);
            }
        }

        /**
         * @param note which rows are left out; empty for none
         */
        record Items(List<Item> items, String note) implements Shape {
            public Items {
                items = List.copyOf(items);
            }
        }
    }

    /**
     * A row.
     *
     * @param rest the other cells, named; may be empty
     */
    public record Item(String first, String rest) {}

    /** May be empty. */
    public String title() {
        return title;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * @param width what a phone shows on one line
     * @param room for how many characters there is room; one row is shown in any case
     */
    public Shape shape(int width, int room) {
        return isNarrow(width) ? new Shape.Aligned(words.first(aligned(), room)) : items(room);
    }

    private boolean isNarrow(int most) {
        int width = GAP.length() * (headers.size() - 1);
        for (int column = 0; column < headers.size(); column++) {
            width += width(column);
        }
        return width <= most
                && rows.stream().flatMap(List::stream).allMatch(NarrowTable::isOneWide);
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

    private Shape.Items items(int room) {
        var items = new ArrayList<Item>();
        int used = 0;
        for (List<String> row : rows) {
            String first = words.cut(row.getFirst(), room / 2);
            String rest = words.cut(named(row), room / 2);
            used += first.length() + rest.length();
            if (!items.isEmpty() && used > room) {
                break;
            }
            items.add(new Item(first, rest));
        }
        int left = rows.size() - items.size();
        return new Shape.Items(
                items,
                left == 0
                        ? ""
                        : words.say(Phrase.count(left, "… {0} more row", "… {0} more rows")));
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

package backout.chat.console;

import backout.language.Phrase;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of cells in columns; what does not fit is wrapped inside its cell. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int NARROWEST = 6;

    private final List<List<String>> rows;
    private final int[] widths;

    TextTable(List<Phrase> headers, List<List<Phrase>> cells, int width) {
        rows = new ArrayList<>();
        rows.add(headers.stream().map(Phrase::toString).map(Shown::line).toList());
        cells.forEach(
                row -> rows.add(row.stream().map(Phrase::toString).map(Shown::line).toList()));
        widths = IntStream.range(0, headers.size()).map(column -> widest(rows, column)).toArray();
        shrink(width - GAP.length() * (widths.length - 1));
    }

    private static int widest(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> Columns.of(row.get(column))).max().orElse(0);
    }

    /** Takes from the widest column until all fit. */
    private void shrink(int room) {
        while (Arrays.stream(widths).sum() > room) {
            int widest = 0;
            for (int column = 1; column < widths.length; column++) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    List<String> lines(Style style) {
        var lines = new ArrayList<String>();
        rowLines(rows.getFirst()).forEach(line -> lines.add(style.bold(line)));
        String rule = Arrays.stream(widths).mapToObj("─"::repeat).collect(Collectors.joining(GAP));
        lines.add(style.faint(rule));
        rows.stream().skip(1).map(this::rowLines).forEach(lines::addAll);
        return lines;
    }

    private List<String> rowLines(List<String> row) {
        List<List<String>> cells =
                IntStream.range(0, widths.length)
                        .mapToObj(column ->
                                Columns.wrap(row.get(column), Math.max(2, widths[column])))
                        .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height).mapToObj(at -> line(cells, at)).toList();
    }

    private String line(List<List<String>> cells, int at) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            List<String> cell = cells.get(column);
            String text = at < cell.size() ? cell.get(at) : "";
            line.append(column == 0 ? "" : GAP).append(Columns.padded(text, widths[column]));
        }
        return line.toString().stripTrailing();
    }
}

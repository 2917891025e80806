package backout.chat.console;

import backout.chat.Block;
import backout.chat.Block.Mark;
import backout.chat.Message;
import backout.problem.Problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A message as lines of text for a terminal. */
public final class TextRenderer {
    /** Narrower than this nothing can be read: the terminal may break the lines itself. */
    private static final int NARROWEST = 40;

    /** Wider than this nobody finds the beginning of the next line. */
    private static final int WIDEST = 120;

    private static final int WIDEST_LABEL = 18;

    private final int width;
    private final Style style;

    /**
     * @param width columns of the terminal; held between 40 and 120
     */
    public TextRenderer(int width, Style style) {
        this.width = Math.clamp(width, NARROWEST, WIDEST);
        this.style = style;
    }

    /** Its lines, none with a line break in it. */
    public List<String> lines(Message message) {
        var lines = new ArrayList<String>();
        for (Block block : message.blocks()) {
            List<String> more = lines(block);
            if (!lines.isEmpty() && !more.isEmpty()) {
                lines.add("");
            }
            lines.addAll(more);
        }
        return lines;
    }

    /** One sentence, wrapped; further lines are indented so that the beginning stands out. */
    public List<String> sentence(String lead, String text) {
        return hanging(lead, Columns.of(lead), Visible.line(text));
    }

    /** What went wrong, and below it what to do. */
    public List<String> problem(Problem problem) {
        String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
        var lines = new ArrayList<>(hanging("✗ ", 2, Visible.line(where + problem.what())));
        lines.set(0, style.bad("✗") + lines.getFirst().substring(1));
        if (!problem.next().isEmpty()) {
            lines.addAll(hanging("  → ", 4, Visible.line(problem.next())));
        }
        return lines;
    }

    private List<String> lines(Block block) {
        return switch (block) {
            case Block.Heading(String text) ->
                    Columns.wrap(Visible.line(text), width).stream().map(style::bold).toList();
            case Block.Text(String text) ->
                    text.lines()
                            .flatMap(line -> Columns.wrap(Visible.line(line), width).stream())
                            .toList();
            case Block.Fields(List<Block.Field> fields) -> fields(fields);
            case Block.Lines(String title, List<Block.Line> list) ->
                    titled(title, list.stream().flatMap(line -> line(line).stream()).toList());
            case Block.Table(String title, List<String> headers, List<List<String>> rows) ->
                    titled(
                            title,
                            new TextTable(headers, rows, width - 2)
                                    .lines(style).stream().map(line -> "  " + line).toList());
            case Block.Clock(String says, Instant _, String left) ->
                    Columns.wrap(Visible.line(says + ": " + left + " left"), width);
            case Block.Call(List<String> people, String says) ->
                    Columns.wrap(Visible.line(String.join(", ", people) + ": " + says), width);
            case Block.Small(String text) ->
                    Columns.wrap(Visible.line(text), width).stream().map(style::faint).toList();
            case Block.Buttons _ -> List.of();
            case Block.Code(String title, List<String> code) ->
                    titled(title, code.stream().map(line -> "    " + Visible.line(line)).toList());
        };
    }

    private List<String> titled(String title, List<String> below) {
        var lines = new ArrayList<String>();
        if (!title.isEmpty()) {
            Columns.wrap(Visible.line(title), width).forEach(line -> lines.add(style.bold(line)));
        }
        lines.addAll(below);
        return lines;
    }

    private List<String> fields(List<Block.Field> fields) {
        int label =
                fields.stream()
                        .mapToInt(field -> Columns.of(Visible.line(field.label())))
                        .filter(columns -> columns <= WIDEST_LABEL)
                        .max()
                        .orElse(WIDEST_LABEL);
        return fields.stream().flatMap(field -> field(field, label).stream()).toList();
    }

    private List<String> field(Block.Field field, int label) {
        String lead = "  " + Columns.padded(Visible.line(field.label()), label) + "  ";
        int indent = label + 4;
        return Columns.of(lead) > indent
                ? hanging(lead.stripTrailing() + "  ", indent, Visible.line(field.value()))
                : hanging(lead, indent, Visible.line(field.value()));
    }

    private List<String> line(Block.Line line) {
        String text = Visible.line(line.text());
        String note = line.note().isEmpty() ? "" : " — " + Visible.line(line.note());
        List<String> lines =
                new ArrayList<>(hanging("  " + sign(line.mark()) + " ", 4, text + note));
        lines.set(0, "  " + painted(line.mark()) + lines.getFirst().substring(3));
        return lines;
    }

    /** The lead stands before the first line only; all others begin below its text. */
    private List<String> hanging(String lead, int indent, String text) {
        int first = Columns.of(lead) - indent;
        List<String> wrapped = Columns.wrap(" ".repeat(first) + text, Math.max(12, width - indent));
        var lines = new ArrayList<String>();
        lines.add((lead + wrapped.getFirst().stripLeading()).stripTrailing());
        wrapped.stream().skip(1).forEach(line -> lines.add(" ".repeat(indent) + line));
        return lines;
    }

    private static String sign(Mark mark) {
        return switch (mark) {
            case TO_DO -> "○";
            case RUNNING -> "…";
            case DONE -> "✓";
            case FAILED -> "✗";
            case UNKNOWN -> "?";
            case WARNING -> "!";
            case NONE -> "-";
        };
    }

    private String painted(Mark mark) {
        return switch (mark) {
            case TO_DO, NONE -> style.faint(sign(mark));
            case RUNNING, UNKNOWN, WARNING -> style.careful(sign(mark));
            case DONE -> style.good(sign(mark));
            case FAILED -> style.bad(sign(mark));
        };
    }
}

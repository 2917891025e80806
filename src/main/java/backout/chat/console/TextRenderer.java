package backout.chat.console;

import backout.chat.Block;
import backout.chat.Block.Mark;
import backout.chat.Message;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Shown;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A message as lines of text for a terminal. */
public final class TextRenderer {
    /** Narrower than this nothing can be read: the terminal may break the lines itself. */
    private static final int NARROWEST = 40;

    /** Wider than this nobody finds the beginning of the next line. */
    private static final int WIDEST = 120;

    private static final int WIDEST_LABEL = 18;

    private final int width;
    private final Style style;
    private final Language language;

    /**
     * @param width columns of the terminal; held between 40 and 120
     */
    public TextRenderer(int width, Style style, Language language) {
        this.width = Math.clamp(width, NARROWEST, WIDEST);
        this.style = style;
        this.language = language;
    }

    /**
     * Its lines, none with a line break in it. Nothing is folded in a terminal: the details stand
     * first, for people see the end of what was printed.
     */
    public List<String> lines(Message message) {
        var lines = new ArrayList<String>();
        Message said = message.in(language);
        List<Block> blocks = said.blocks();
        int heading = said.details().isEmpty() ? 0 : 1;
        Stream.of(
                        blocks.subList(0, heading),
                        said.details(),
                        blocks.subList(heading, blocks.size()))
                .flatMap(List::stream)
                .map(this::lines)
                .filter(more -> !more.isEmpty())
                .forEach(more -> {
                    if (!lines.isEmpty()) {
                        lines.add("");
                    }
                    lines.addAll(more);
                });
        return lines;
    }

    /** In one line, however long it is. */
    String line(Phrase text) {
        return Shown.line(language.say(text));
    }

    /** One sentence, wrapped; further lines are indented so that the beginning stands out. */
    public List<String> sentence(String lead, Phrase text) {
        return hanging(lead, Columns.of(lead), line(text));
    }

    /** What went wrong, and below it what to do. */
    public List<String> problem(Problem told) {
        Problem problem = told.in(language);
        String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
        var lines = new ArrayList<>(hanging("✗ ", 2, Shown.line(where + problem.what())));
        lines.set(0, style.bad("✗") + lines.getFirst().substring(1));
        if (!problem.next().isEmpty()) {
            lines.addAll(hanging("  → ", 4, Shown.line(problem.next().toString())));
        }
        return lines;
    }

    private List<String> lines(Block block) {
        return switch (block) {
            case Block.Heading(Phrase text) ->
                    Columns.wrap(Shown.line(text.toString()), width).stream()
                            .map(style::bold)
                            .toList();
            case Block.Text(Phrase text) ->
                    text.toString()
                            .lines()
                            .flatMap(line -> Columns.wrap(Shown.line(line), width).stream())
                            .toList();
            case Block.Fields(List<Block.Field> fields) -> fields(fields);
            case Block.Lines(Phrase title, List<Block.Line> list) ->
                    titled(title, list.stream().flatMap(line -> line(line).stream()).toList());
            case Block.Table table ->
                    titled(
                            table.title(),
                            new TextTable(table.headers(), table.texts(), width - 2)
                                    .lines(style).stream().map(line -> "  " + line).toList());
            case Block.Clock(Phrase says, Instant _, Phrase left) ->
                    Columns.wrap(line(Phrase.of("{0}: {1}", says, left)), width);
            case Block.Call(List<String> people, Phrase says) ->
                    Columns.wrap(line(Phrase.of("{0}: {1}", people, says)), width);
            case Block.Small(Phrase text) ->
                    Columns.wrap(Shown.line(text.toString()), width).stream()
                            .map(style::faint)
                            .toList();
            case Block.Buttons _ -> List.of();
            case Block.Code(Phrase title, List<Phrase> code) ->
                    titled(title, code.stream().map(line -> "    " + line(line)).toList());
        };
    }

    private List<String> titled(Phrase title, List<String> below) {
        var lines = new ArrayList<String>();
        if (!title.isEmpty()) {
            Columns.wrap(Shown.line(title.toString()), width)
                    .forEach(line -> lines.add(style.bold(line)));
        }
        lines.addAll(below);
        return lines;
    }

    private List<String> fields(List<Block.Field> fields) {
        int label =
                fields.stream()
                        .mapToInt(field -> Columns.of(Shown.line(field.label().toString())))
                        .filter(columns -> columns <= WIDEST_LABEL)
                        .max()
                        .orElse(WIDEST_LABEL);
        return fields.stream().flatMap(field -> field(field, label).stream()).toList();
    }

    private List<String> field(Block.Field field, int label) {
        String lead = "  " + Columns.padded(Shown.line(field.label().toString()), label) + "  ";
        int indent = label + 4;
        return Columns.of(lead) > indent
                ? hanging(lead.stripTrailing() + "  ", indent, Shown.line(field.value().toString()))
                : hanging(lead, indent, Shown.line(field.value().toString()));
    }

    private List<String> line(Block.Line line) {
        String text = Shown.line(line.text().toString());
        String note = line.note().isEmpty() ? "" : " — " + Shown.line(line.note().toString());
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

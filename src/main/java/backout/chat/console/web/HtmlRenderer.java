package backout.chat.console.web;

import backout.chat.Block;
import backout.chat.Block.Mark;
import backout.chat.Button;
import backout.chat.Button.Look;
import backout.chat.Message;
import backout.language.Phrase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A message as a part of a page. */
final class HtmlRenderer {
    private final Hand hand;

    /**
     * @param hand makes the forms of its buttons
     */
    HtmlRenderer(Hand hand) {
        this.hand = hand;
    }

    /** Its blocks, one below the other. */
    Html blocks(Message message) {
        return Html.all(message.blocks().stream().map(this::block).toList());
    }

    /** What is not needed at a glance, under a line to press; nothing where there is none. */
    Html details(Message message, String key) {
        return message.details().isEmpty()
                ? Html.nothing()
                : Html.of("details")
                        .css("full")
                        .with("data-key", key)
                        .add(
                                Html.of("summary", Phrase.of("In full")),
                                Html.all(message.details().stream().map(this::block).toList()));
    }

    private Html block(Block block) {
        return switch (block) {
            case Block.Heading(Phrase text) -> Html.of("h3", text);
            case Block.Text(Phrase text) -> Html.of("p").lines(text);
            case Block.Fields(List<Block.Field> fields) -> fields(fields);
            case Block.Lines(Phrase title, List<Block.Line> lines) -> lines(title, lines);
            case Block.Table(Phrase title, List<Phrase> headers, List<List<Block.Cell>> rows) ->
                    table(title, headers, rows);
            case Block.Code(Phrase title, List<Phrase> lines) -> code(title, lines);
            case Block.Clock(Phrase says, Instant until, Phrase left) -> clock(says, until, left);
            case Block.Call(List<String> people, Phrase says) ->
                    Html.of("p")
                            .add(Html.of("b", String.join(", ", people)))
                            .text(Phrase.of(": {0}", says));
            case Block.Small(Phrase text) -> Html.of("p", text).css("small");
            case Block.Buttons(List<Button> buttons) -> buttons(buttons);
        };
    }

    private static Html fields(List<Block.Field> fields) {
        return Html.of("dl")
                .add(
                        fields.stream()
                                .map(field ->
                                        Html.of("div")
                                                .add(
                                                        Html.of("dt", field.label()),
                                                        Html.of("dd", field.value())))
                                .toList());
    }

    private static Html lines(Phrase title, List<Block.Line> lines) {
        var list = Html.of("ul").css("lines").add(lines.stream().map(HtmlRenderer::line).toList());
        return Html.of("div")
                .css("part")
                .add(title(title), lines.isEmpty() ? Html.nothing() : list);
    }

    private static Html title(Phrase title) {
        return title.isEmpty() ? Html.nothing() : Html.of("p", title).css("title");
    }

    private static Html line(Block.Line line) {
        var item = Html.of("li").css(name(line.mark()));
        item.add(Html.of("span", sign(line.mark())).css("sign").with("aria-hidden", "true"));
        var says = Html.of("span").css("says");
        if (!word(line.mark()).isEmpty()) {
            says.add(Html.of("span", Phrase.of("{0}: ", word(line.mark()))).css("unseen"));
        }
        says.text(line.text());
        if (!line.note().isEmpty()) {
            says.text(" ").add(Html.of("span", line.note()).css("note"));
        }
        return item.add(says);
    }

    private static String name(Mark mark) {
        return mark.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sign(Mark mark) {
        return switch (mark) {
            case TO_DO -> "○";
            case RUNNING -> "◐";
            case DONE -> "✓";
            case FAILED -> "✗";
            case UNKNOWN -> "?";
            case WARNING -> "!";
            case NONE -> "–";
        };
    }

    /** For who cannot see the sign. */
    private static Phrase word(Mark mark) {
        return switch (mark) {
            case TO_DO -> Phrase.of("to do");
            case RUNNING -> Phrase.of("at work");
            case DONE -> Phrase.of("done");
            case FAILED -> Phrase.of("failed");
            case UNKNOWN -> Phrase.of("unknown");
            case WARNING -> Phrase.of("attention");
            case NONE -> Phrase.NONE;
        };
    }

    private static Html table(Phrase title, List<Phrase> headers, List<List<Block.Cell>> rows) {
        var head = Html.of("tr");
        headers.forEach(header -> head.add(Html.of("th", header).with("scope", "col")));
        var body = Html.of("tbody");
        rows.forEach(row -> body.add(row(headers, row)));
        var table = Html.of("table");
        if (!title.isEmpty()) {
            table.add(Html.of("caption", title));
        }
        return table.add(Html.of("thead").add(head), body);
    }

    /** Each cell knows its header: on a narrow screen a row becomes a small list. */
    private static Html row(List<Phrase> headers, List<Block.Cell> cells) {
        var row = Html.of("tr");
        for (int column = 0; column < cells.size(); column++) {
            Block.Cell cell = cells.get(column);
            var td = Html.of("td").with("data-label", headers.get(column));
            tone(cell.mark()).ifPresent(td::css);
            row.add(td.add(Html.of("span", cell.text())));
        }
        return row;
    }

    private static Optional<String> tone(Mark mark) {
        return switch (mark) {
            case DONE -> Optional.of("good");
            case WARNING -> Optional.of("care");
            case FAILED, UNKNOWN -> Optional.of("poor");
            case TO_DO, RUNNING, NONE -> Optional.empty();
        };
    }

    private static Html code(Phrase title, List<Phrase> lines) {
        var code = Html.of("pre").with("tabindex", "0");
        if (!title.isEmpty()) {
            code.with("aria-label", title);
        }
        lines.forEach(line -> code.add(Html.of("code", line)));
        return Html.of("div").css("part").add(title(title), code);
    }

    private static Html clock(Phrase says, Instant until, Phrase left) {
        var time = Html.of("time", left).with("datetime", until.toString()).flag("data-clock");
        return Html.of("p").css("clock").text(says).text(" ").add(time);
    }

    private Html buttons(List<Button> buttons) {
        var group =
                Html.of("div")
                        .css("buttons")
                        .with("role", "group")
                        .with("aria-label", Phrase.of("What can be done now"));
        buttons.stream().limit(Block.Buttons.SHOWN).forEach(button -> group.add(button(button)));
        List<Button> rest = buttons.stream().skip(Block.Buttons.SHOWN).toList();
        if (!rest.isEmpty()) {
            var more = new ArrayList<Html>();
            more.add(Html.of("summary", "⋯").css("button").with("aria-label", Phrase.of("More")));
            rest.forEach(button -> more.add(button(button)));
            group.add(Html.of("details").css("more").with("data-key", "more").add(more));
        }
        return group;
    }

    /** What must be sure is asked first, without any script. */
    private Html button(Button button) {
        String key = button.press().text();
        String look = button.look().name().toLowerCase(Locale.ROOT);
        if (button.sure().isEmpty()) {
            return press(button, button.label(), look, key);
        }
        return Html.of("details")
                .css("sure")
                .with("data-key", "sure-" + key)
                .add(
                        Html.of("summary", Phrase.of("{0}…", button.label()))
                                .css("button " + look)
                                .with("data-key", key),
                        Html.of("div")
                                .css("really")
                                .add(
                                        Html.of("p", button.sure()),
                                        press(
                                                button,
                                                Phrase.of("Yes: {0}", button.label()),
                                                button.look() == Look.PLAIN ? "primary" : look,
                                                "yes-" + key)));
    }

    private Html press(Button button, Phrase label, String look, String key) {
        var form = hand.form("/press").add(Hand.hidden("press", button.press().text()));
        var submit =
                Html.of("button", label).css(look).with("type", "submit").with("data-key", key);
        if (button.press().isOfRun()) {
            submit.with("aria-label", Phrase.of("{0}, run {1}", label, button.press().run()));
        }
        return form.add(submit);
    }
}

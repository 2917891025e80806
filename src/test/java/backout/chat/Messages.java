package backout.chat;

import backout.chat.Block.Buttons;
import backout.chat.Block.Call;
import backout.chat.Block.Cell;
import backout.chat.Block.Clock;
import backout.chat.Block.Code;
import backout.chat.Block.Field;
import backout.chat.Block.Fields;
import backout.chat.Block.Heading;
import backout.chat.Block.Line;
import backout.chat.Block.Lines;
import backout.chat.Block.Mark;
import backout.chat.Block.Small;
import backout.chat.Block.Table;
import backout.chat.Block.Text;
import backout.chat.Button.Look;
import backout.language.Phrase;
import backout.language.Phrases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages that every renderer is held to, by the name of their golden files. */
public final class Messages {
    private Messages() {}

    private static final Map<String, Message> ALL = Collections.unmodifiableMap(make());

    public static Map<String, Message> all() {
        return ALL;
    }

    private static Map<String, Message> make() {
        var all = new LinkedHashMap<String, Message>();
        all.put("card", card());
        all.put("verification", verification());
        all.put("marks", marks());
        all.put("chinese", chinese());
        all.put("hostile", hostile());
        all.put("long", longTexts());
        all.put("wide-table", wideTable());
        all.put("empty", new Message(Phrase.of("nothing"), List.of()));
        all.put("buttons", buttons());
        all.put("clock", clock());
        all.put("call", call());
        all.put("formats", formats());
        all.put("decide", Crossing.message());
        all.put("checks-now", ChecksOnce.message());
        all.putAll(Cards.all());
        return all;
    }

    private static Message card() {
        return message(
                new Heading(Phrase.of("Roll back compose/claude-relay (run 7F3KQ)")),
                new Fields(
                        List.of(
                                new Field(
                                        Phrase.of("from"),
                                        Phrase.of("1.1.182 (12 min)  sha256:9d3e5a7c11aa")),
                                new Field(
                                        Phrase.of("to"),
                                        Phrase.of("1.1.174 (6 d)  sha256:0f1e2d3c4b5a")),
                                new Field(
                                        Phrase.of("why this one"),
                                        Phrase.of("the last one whose checks held, ran 6 d")),
                                new Field(
                                        Phrase.of("asked by"),
                                        Phrase.of("li, because 5xx since the deploy of 02:02")),
                                new Field(
                                        Phrase.of("expected downtime"),
                                        Phrase.of("about 1 s + up to 3 s drain")),
                                new Field(
                                        Phrase.of("approval"),
                                        Phrase.of("0 of 1, needs L2, not li: anna, ben")))),
                new Lines(
                        Phrase.of("Plan"),
                        List.of(
                                new Line(
                                        Mark.DONE,
                                        Phrase.of("1. pull the image"),
                                        Phrase.of("it is there already")),
                                new Line(
                                        Mark.RUNNING,
                                        Phrase.of("2. back up files and data"),
                                        Phrase.NONE),
                                new Line(
                                        Mark.TO_DO,
                                        Phrase.of(
                                                "3. write the image into docker-compose.yml  [the"
                                                        + " downtime]"),
                                        Phrase.NONE),
                                new Line(
                                        Mark.TO_DO,
                                        Phrase.of("4. replace the container  [the downtime]"),
                                        Phrase.NONE))),
                new Lines(
                        Phrase.of("Know before you say yes"),
                        List.of(
                                new Line(
                                        Mark.WARNING,
                                        Phrase.of(
                                                "docker-compose.yml has changes that git does not"
                                                    + " know: they are kept, and backed up before"
                                                    + " anything is done"),
                                        Phrase.NONE))),
                Code.of(
                        Phrase.of("To be typed"),
                        List.of("bot/backout run \"approve 7F3KQ\" --as anna")));
    }

    private static Message verification() {
        return message(
                new Heading(Phrase.of("Roll back compose/claude-relay: done and proven")),
                new Table(
                        Phrase.of("Verification"),
                        Phrases.of("check", "before", "now", "verdict"),
                        List.of(
                                row(
                                        Mark.DONE,
                                        "container [STATE]",
                                        "restarting",
                                        "running",
                                        "well"),
                                row(
                                        Mark.DONE,
                                        "GET http://localhost:3000/health [BODY].status",
                                        "connection refused",
                                        "healthy",
                                        "well"),
                                row(
                                        Mark.WARNING,
                                        "should: container [MEMORY]",
                                        "",
                                        "212MB",
                                        "unwell (noted)"))),
                new Text(Phrase.of("Rolled back to 1.1.174 and proven; it held through the soak.")),
                new Text(Phrase.of("Next: revert the change in git too")));
    }

    /** The mark is that of the last cell. */
    private static List<Cell> row(Mark mark, String... texts) {
        var cells = new ArrayList<>(Phrases.of(texts).stream().map(Cell::of).toList());
        cells.add(new Cell(cells.removeLast().text(), mark));
        return cells;
    }

    private static Message marks() {
        var lines =
                List.of(Mark.values()).stream()
                        .map(mark ->
                                new Line(mark, Phrase.verbatim(mark.name()), Phrase.of("note")));
        return message(
                new Lines(Phrase.of("Every mark"), lines.toList()),
                new Lines(Phrase.of("Nothing"), List.of()));
    }

    private static Message chinese() {
        return message(
                new Heading(Phrase.of("回滚 compose/claude-relay：已完成并验证")),
                new Fields(
                        List.of(
                                new Field(
                                        Phrase.of("原因"),
                                        Phrase.of(
                                                "部署后接口大量返回五百错误，用户无法登录，值班人员决定立即回滚到上一个稳定版本，并保留现场日志。")),
                                new Field(Phrase.of("操作人"), Phrase.of("李雷 👨‍👩‍👧 🇨🇳 ☕️")))),
                Table.of(
                        Phrase.of("检查"),
                        Phrases.of("检查项", "结果"),
                        Phrases.rows(List.of(List.of("健康检查", "正常 ✅"), List.of("web", "é̂ 200")))));
    }

    private static Message hostile() {
        return message(
                new Heading(Phrase.of("reason \u001b[2J\u001b]0;title\u0007 ends")),
                new Text(Phrase.of("first\nsecond\r\nthird\tafter a tab\u2028separator")),
                new Fields(
                        List.of(
                                new Field(
                                        Phrase.of("as\u202eked"),
                                        Phrase.of("li\nPROVEN\u009b31m")))),
                new Lines(
                        Phrase.of("log\u0000"),
                        List.of(
                                new Line(
                                        Mark.FAILED,
                                        Phrase.of("\u200bzero\ud83d"),
                                        Phrase.of("\ue000")))),
                Table.of(
                        Phrase.NONE,
                        Phrases.of("a\u001b[1m"),
                        Phrases.rows(List.of(List.of("b\nc")))),
                Code.of(
                        Phrase.of("Last log lines"),
                        List.of("\u001b[31mERROR\u001b[0m boom", "\tat x.js:1")));
    }

    private static Message longTexts() {
        Phrase word = Phrase.of("sha256:{0}", "0123456789abcdef".repeat(8));
        return message(
                new Heading(
                        Phrase.verbatim("A heading that is longer than a line ".repeat(4).strip())),
                new Text(
                        Phrase.of(
                                "{0} is one word. {1}",
                                word, "Many words follow. ".repeat(10).strip())),
                new Fields(
                        List.of(
                                new Field(
                                        Phrase.of("a label that is far too long to align"), word))),
                new Lines(
                        Phrase.of("Plan"),
                        List.of(
                                new Line(
                                        Mark.DONE,
                                        Phrase.verbatim("step ".repeat(30).strip()),
                                        word))),
                Code.of(Phrase.of("Code is never broken"), List.of("x".repeat(130))));
    }

    private static Message wideTable() {
        var headers = Phrases.of("one", "two", "three", "four");
        return message(
                Table.of(
                        Phrase.of("Wide"),
                        headers,
                        Phrases.rows(
                                List.of(
                                        List.of(
                                                "short",
                                                "word ".repeat(20).strip(),
                                                "x".repeat(50),
                                                "end"),
                                        Collections.nCopies(4, "same")))),
                Table.of(Phrase.of("No rows"), headers, List.of()));
    }

    private static Message buttons() {
        return message(
                new Text(Phrase.of("More than a person can choose from at night")),
                new Buttons(
                        List.of(
                                button(Phrase.of("Approve"), Look.PRIMARY, "approve", Phrase.NONE),
                                button(Phrase.of("Deny…"), Look.DANGER, "deny", Phrase.NONE),
                                button(Phrase.of("Cancel"), Look.PLAIN, "cancel", Phrase.NONE),
                                button(
                                        Phrase.of("Undo"),
                                        Look.DANGER,
                                        "undo",
                                        Phrase.of("1.1.182 runs again.")),
                                button(Phrase.of("Keep it"), Look.PLAIN, "keep", Phrase.NONE))));
    }

    private static Button button(Phrase label, Look look, String action, Phrase sure) {
        return new Button(label, look, new Press(action, "7F3KQ", "a1b2c3d4e5f6"), sure);
    }

    /** Of these only the first has an account in every chat. */
    private static Message call() {
        return message(
                new Call(
                        List.of("anna", "dora"),
                        Phrase.of("a rollback of compose/claude-relay waits")));
    }

    private static Message clock() {
        return message(
                new Clock(
                        Phrase.of("Waits for 1 vote"),
                        Instant.parse("2026-03-02T02:29:27Z"),
                        Phrase.of("14 min left")),
                new Small(Phrase.of("run 7F3KQ · plan a1b2c3d4e5f6")));
    }

    /** What a chat could take for a mention, a link or a format. */
    private static Message formats() {
        Phrase text =
                Phrase.of(
                        "<!channel> <@U02ANNA> @here *bold* _it_ ~no~ `code` ```fence``` :fire: > &"
                                + " #ops");
        return new Message(
                Phrase.of("{0} <https://evil.example|your bank>", text),
                List.of(
                        new Heading(text),
                        new Text(Phrase.of("{0}\n> quoted\n* item", text)),
                        new Fields(List.of(new Field(Phrase.of("*l* <!here>"), text))),
                        new Lines(text, List.of(new Line(Mark.FAILED, text, text))),
                        Table.of(text, Phrases.of("a", "b"), List.of(List.of(text, text))),
                        Table.of(
                                Phrase.NONE,
                                Phrases.of("a"),
                                Phrases.rows(List.of(List.of("``` x")))),
                        Code.of(text, List.of("``` <!here>", text.toString())),
                        new Clock(
                                text,
                                Instant.parse("2026-03-02T02:29:27Z"),
                                Phrase.of("1|2>3^4 left")),
                        new Small(text)));
    }

    private static Message message(Block... blocks) {
        return new Message(Phrase.of("summary"), List.of(blocks));
    }
}

package backout.chat;

import backout.chat.Block.Buttons;
import backout.chat.Block.Call;
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

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages that every renderer is held to, by the name of their golden files. */
public final class Messages {
    private Messages() {}

    public static Map<String, Message> all() {
        var all = new LinkedHashMap<String, Message>();
        all.put("card", card());
        all.put("verification", verification());
        all.put("marks", marks());
        all.put("chinese", chinese());
        all.put("hostile", hostile());
        all.put("long", longTexts());
        all.put("wide-table", wideTable());
        all.put("empty", new Message("nothing", List.of()));
        all.put("buttons", buttons());
        all.put("clock", clock());
        all.put("call", call());
        all.put("formats", formats());
        all.putAll(Cards.all());
        return all;
    }

    private static Message card() {
        return message(
                new Heading("Roll back compose/claude-relay (run 7F3KQ)"),
                new Fields(
                        List.of(
                                new Field("from", "1.1.182 (12 min)  sha256:9d3e5a7c11aa"),
                                new Field("to", "1.1.174 (6 d)  sha256:0f1e2d3c4b5a"),
                                new Field(
                                        "why this one", "the last one whose checks held, ran 6 d"),
                                new Field("asked by", "li, because 5xx since the deploy of 02:02"),
                                new Field("expected downtime", "about 1 s + up to 3 s drain"),
                                new Field("approval", "0 of 1, needs L2, not li: anna, ben"))),
                new Lines(
                        "Plan",
                        List.of(
                                new Line(Mark.DONE, "1. pull the image", "it is there already"),
                                new Line(Mark.RUNNING, "2. back up files and data", ""),
                                new Line(
                                        Mark.TO_DO,
                                        "3. write the image into docker-compose.yml  [the"
                                                + " downtime]",
                                        ""),
                                new Line(
                                        Mark.TO_DO,
                                        "4. replace the container  [the downtime]",
                                        ""))),
                new Lines(
                        "Know before you say yes",
                        List.of(
                                new Line(
                                        Mark.WARNING,
                                        "docker-compose.yml has changes that git does not know:"
                                                + " they are kept, and backed up before anything is"
                                                + " done",
                                        ""))),
                new Code("To be typed", List.of("bot/backout run \"approve 7F3KQ\" --as anna")));
    }

    private static Message verification() {
        return message(
                new Heading("Roll back compose/claude-relay: done and proven"),
                new Table(
                        "Verification",
                        List.of("check", "before", "now", "verdict"),
                        List.of(
                                List.of("container [STATE]", "restarting", "running", "well"),
                                List.of(
                                        "GET http://localhost:3000/health [BODY].status",
                                        "connection refused",
                                        "healthy",
                                        "well"),
                                List.of(
                                        "should: container [MEMORY]",
                                        "",
                                        "212MB",
                                        "unwell (noted)"))),
                new Text("Rolled back to 1.1.174 and proven; it held through the soak."),
                new Text("Next: revert the change in git too"));
    }

    private static Message marks() {
        var lines =
                List.of(Mark.values()).stream().map(mark -> new Line(mark, mark.name(), "note"));
        return message(new Lines("Every mark", lines.toList()), new Lines("Nothing", List.of()));
    }

    private static Message chinese() {
        return message(
                new Heading("回滚 compose/claude-relay：已完成并验证"),
                new Fields(
                        List.of(
                                new Field("原因", "部署后接口大量返回五百错误，用户无法登录，值班人员决定立即回滚到上一个稳定版本，并保留现场日志。"),
                                new Field("操作人", "李雷 👨‍👩‍👧 🇨🇳 ☕️"))),
                new Table(
                        "检查",
                        List.of("检查项", "结果"),
                        List.of(List.of("健康检查", "正常 ✅"), List.of("web", "é̂ 200"))));
    }

    private static Message hostile() {
        return message(
                new Heading("reason \u001b[2J\u001b]0;title\u0007 ends"),
                new Text("first\nsecond\r\nthird\tafter a tab\u2028separator"),
                new Fields(List.of(new Field("as\u202eked", "li\nPROVEN\u009b31m"))),
                new Lines(
                        "log\u0000", List.of(new Line(Mark.FAILED, "\u200bzero\ud83d", "\ue000"))),
                new Table("", List.of("a\u001b[1m"), List.of(List.of("b\nc"))),
                new Code(
                        "Last log lines", List.of("\u001b[31mERROR\u001b[0m boom", "\tat x.js:1")));
    }

    private static Message longTexts() {
        String word = "sha256:" + "0123456789abcdef".repeat(8);
        return message(
                new Heading("A heading that is longer than a line ".repeat(4).strip()),
                new Text(word + " is one word. " + "Many words follow. ".repeat(10).strip()),
                new Fields(List.of(new Field("a label that is far too long to align", word))),
                new Lines("Plan", List.of(new Line(Mark.DONE, "step ".repeat(30).strip(), word))),
                new Code("Code is never broken", List.of("x".repeat(130))));
    }

    private static Message wideTable() {
        var headers = List.of("one", "two", "three", "four");
        return message(
                new Table(
                        "Wide",
                        headers,
                        List.of(
                                List.of("short", "word ".repeat(20).strip(), "x".repeat(50), "end"),
                                Collections.nCopies(4, "same"))),
                new Table("No rows", headers, List.of()));
    }

    private static Message buttons() {
        return message(
                new Text("More than a person can choose from at night"),
                new Buttons(
                        List.of(
                                button("Approve", Look.PRIMARY, "approve", ""),
                                button("Deny…", Look.DANGER, "deny", ""),
                                button("Cancel", Look.PLAIN, "cancel", ""),
                                button("Undo", Look.DANGER, "undo", "1.1.182 runs again."),
                                button("Keep it", Look.PLAIN, "keep", ""))));
    }

    private static Button button(String label, Look look, String action, String sure) {
        return new Button(label, look, new Press(action, "7F3KQ", "a1b2c3d4e5f6"), sure);
    }

    /** Of these only the first has an account in every chat. */
    private static Message call() {
        return message(
                new Call(List.of("anna", "dora"), "a rollback of compose/claude-relay waits"));
    }

    private static Message clock() {
        return message(
                new Clock("Waits for 1 vote", Instant.parse("2026-03-02T02:29:27Z"), "14 min"),
                new Small("run 7F3KQ · plan a1b2c3d4e5f6"));
    }

    /** What a chat could take for a mention, a link or a format. */
    private static Message formats() {
        String text =
                "<!channel> <@U02ANNA> @here *bold* _it_ ~no~ `code` ```fence``` :fire: > & #ops";
        return new Message(
                text + " <https://evil.example|your bank>",
                List.of(
                        new Heading(text),
                        new Text(text + "\n> quoted\n* item"),
                        new Fields(List.of(new Field("*l* <!here>", text))),
                        new Lines(text, List.of(new Line(Mark.FAILED, text, text))),
                        new Table(text, List.of("a", "b"), List.of(List.of(text, text))),
                        new Table("", List.of("a"), List.of(List.of("``` x"))),
                        new Code(text, List.of("``` <!here>", text)),
                        new Clock(text, Instant.parse("2026-03-02T02:29:27Z"), "1|2>3^4"),
                        new Small(text)));
    }

    private static Message message(Block... blocks) {
        return new Message("summary", List.of(blocks));
    }
}

package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.report.Happening;
import backout.report.ReceiverKind.Declared;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who is told what, as {@code config/notices.yml} and {@code chat.yml} say. */
@SuppressWarnings("NullAway.Init")
final class NoticesFileTest {
    private static final String FILE = "config/notices.yml";
    private static final String HOOK =
            """
            receivers:
              webhook/ops:
                url: https://ops.example.com/in
                secret: env:OPS
            """;

    @TempDir private Path root;
    private TestSite site;

    @BeforeEach
    void copy() throws IOException {
        site = TestSite.in(root);
    }

    private List<Declared> read(String text) throws IOException {
        return site.with(FILE, text).load().receivers();
    }

    private List<String> problems(String text) throws IOException {
        return site.with(FILE, text).problems();
    }

    @Test
    void the_shipped_file_and_none_tell_nobody() throws IOException {
        assertThat(site.load().receivers()).isEmpty();
        assertThat(site.without(FILE).load().receivers()).isEmpty();
    }

    @Test
    void the_examples_in_the_shipped_file_are_right() throws IOException {
        String shipped = Files.readString(Path.of(FILE));
        String used = shipped.replace("receivers: {}", "receivers:").replaceAll("(?m)^#(?= )", "");
        String text = used.replaceAll("(?m)^ (?! )(?!\\s*#).*$", "");
        assertThat(read(text))
                .extracting(Declared::name)
                .containsExactly("dingtalk/ops", "webhook/pager", "mail/oncall");
    }

    @Test
    void without_words_it_is_told_everything_and_with_none_nothing() throws IOException {
        assertThat(read(HOOK).getFirst().wants().what()).containsAll(Happening.ANNOUNCED);
        assertThat(read(HOOK + "    tells: []\n").getFirst().wants().what()).isEmpty();
        assertThat(read(HOOK + "    tells: [lock]\n").getFirst().wants().what())
                .containsExactly(Happening.LOCK);
    }

    @Test
    void words_targets_kinds_and_addresses_are_looked_at() throws IOException {
        assertThat(problems(HOOK + "    tells: [locks]\n"))
                .singleElement()
                .asString()
                .contains(FILE + ":5", "called \"locks\"", "Did you mean \"lock\"");
        assertThat(problems(HOOK + "    targets: [compose/nothing]\n"))
                .singleElement()
                .asString()
                .contains(FILE + ":5", "there is no target \"compose/nothing\"");
        assertThat(problems(HOOK.replace("webhook/", "webhok/")))
                .singleElement()
                .asString()
                .contains("there is no kind \"webhok\"", "webhook");
        assertThat(problems(HOOK.replace("https:", "http:")))
                .singleElement()
                .asString()
                .contains(FILE + ":3", "should begin with https://");
        assertThat(problems(HOOK.replace("env:OPS", "hunter2")))
                .singleElement()
                .asString()
                .contains(FILE + ":4")
                .doesNotContain("hunter2");
    }

    @Test
    void a_pager_is_there_and_reaches_the_person() throws IOException {
        site.change(
                "config/people.yml", "    level: L2", "    level: L2\n    pager: [webhook/ops]");
        assertThat(problems(HOOK)).isEmpty();
        assertThat(problems("receivers: {}\n"))
                .singleElement()
                .asString()
                .contains("config/people.yml", "there is no receiver \"webhook/ops\"");
        site.change("config/people.yml", "webhook/ops", "mail/ops");
        String mail =
                """
                receivers:
                  mail/ops:
                    server: smtp.example.com:587
                    from: backout@example.com
                """;
        assertThat(problems(mail))
                .singleElement()
                .asString()
                .contains("config/people.yml", "has no mail address");
        site.change("config/people.yml", "mail/ops", "dingtalk/ops");
        assertThat(problems("receivers:\n  dingtalk/ops:\n    token: env:T\n"))
                .singleElement()
                .asString()
                .contains("a robot of DingTalk calls nobody");
    }

    @Test
    void what_a_channel_hears_is_looked_at_too() throws IOException {
        site.change("config/chat.yml", "  announce: []", "  announce: [C1 outcomes of compose/x]");
        assertThat(site.problems())
                .singleElement()
                .asString()
                .contains("config/chat.yml", "called \"outcomes\"");
        site.change("config/chat.yml", "C1 outcomes of compose/x", "C1 outcome of compose/x");
        assertThat(site.problems())
                .singleElement()
                .asString()
                .contains("config/chat.yml", "there is no target \"compose/x\"");
    }
}

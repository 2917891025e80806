package backout.check;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Strings that broke others: as a check, as a part of one, as a body, as a value in one. */
class NaughtyStringsTest {
    private static final List<String> NAUGHTY = new ArrayList<>();

    @BeforeAll
    static void read() throws Exception {
        Path file = Needs.shared().resolve("corpus/naughty-strings.json");
        Body.read(Files.readString(file)).forEach(item -> NAUGHTY.add(item.stringValue()));
        assertThat(NAUGHTY).hasSizeGreaterThan(500);
    }

    @Test
    void as_a_check_each_is_read_or_refused_in_one_visible_line() {
        for (String naughty : NAUGHTY) {
            refusedOrRead(naughty);
            refusedOrRead("GET {url} " + naughty);
            refusedOrRead("GET {url} [BODY]" + naughty + " == 1");
            refusedOrRead("GET {url} [STATUS] == " + naughty);
            refusedOrRead("GET {url} [BODY].a == any(" + naughty + ")");
            refusedOrRead("GET {url} [STATUS] == 200 " + naughty);
        }
    }

    private static void refusedOrRead(String text) {
        try {
            assertThat(Check.parse(text, Set.of("url")).text()).isEqualTo(text.strip());
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            assertThat(problem.what().toString())
                    .doesNotContainPattern("[\\p{Cntrl}\\u202e\\u2066]");
            assertThat(problem.what().toString().length()).isLessThan(2000);
            assertThat(problem.next().toString()).isNotBlank();
        }
    }

    @Test
    void as_a_body_each_is_judged() {
        Check text = Check.parse("GET http://a [BODY] == \"pretty unlikely\"", Set.of());
        Check path = Check.parse("GET http://a [BODY].a != x", Set.of());
        for (String naughty : NAUGHTY) {
            assertThat(judge(text, naughty)).isInstanceOf(Verdict.Unwell.class);
            assertThat(judge(path, naughty)).isNotInstanceOf(Verdict.Well.class);
        }
    }

    @Test
    void as_a_value_each_is_equal_to_itself_only() {
        for (String naughty : NAUGHTY) {
            Check check =
                    Check.filled(
                            Check.fill("GET http://a [BODY].a == {to}", Map.of("to", naughty)));
            String body = "{\"a\":" + quoted(naughty) + ",\"b\":1}";
            Verdict same = judge(check, body);
            assertThat(same).isInstanceOf(Verdict.Well.class);
            assertThat(((Verdict.Well) same).seen().toString()).doesNotContainPattern("\\p{Cntrl}");
            assertThat(judge(check, "{\"a\":" + quoted(naughty + "x") + "}").isWell()).isFalse();
        }
    }

    private static Verdict judge(Check check, String body) {
        var reading = new Reading.Answered(200, body, false, Duration.ofMillis(1));
        return check.judge(reading, Optional.empty());
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        return json.append('"').toString();
    }
}

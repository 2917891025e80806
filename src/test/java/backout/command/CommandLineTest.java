package backout.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class CommandLineTest {
    private static final CommandLine LINE =
            new CommandLine(
                    List.of(
                            command(
                                    "compose",
                                    "[TARGET] [to RELEASE] [with its files] [drain 0s|3s|10s]"
                                            + " [because REASON...]",
                                    "rollback"),
                            command("help", "[COMMAND]", "help"),
                            command("status", "[TARGET]", "status"),
                            command("plan", "COMMAND...", "plan"),
                            command("approve", "RUN [because REASON...]", "approve")));

    private static CommandSpec command(String name, String words, String does) {
        return new CommandSpec(
                name, "says", Grammar.of(words), does, "", 1, List.of(), List.of(), List.of());
    }

    private static String refusal(String text) {
        try {
            return "understood as " + LINE.read(text);
        } catch (ProblemException e) {
            return e.problem().toString();
        }
    }

    @Test
    void what_a_form_adds_is_one_of_what_can_be_chosen() {
        assertThat(LINE.read("compose", Map.of("target", "relay", "drain", "3s")).text())
                .isEqualTo("compose relay drain 3s");
        assertThatThrownBy(() -> LINE.read("compose", Map.of("drain", "99h")))
                .hasMessageContaining("\"99h\" is no")
                .hasMessageContaining("0s");
    }

    @Test
    void clauses_come_in_any_order() {
        var wanted =
                Map.of(
                        "target", "relay",
                        "release", "v1",
                        "with-its-files", "yes",
                        "drain", "3s",
                        "reason", "it is slow");
        assertThat(
                        LINE.read("compose relay to v1 with its files drain 3s because it is slow")
                                .values())
                .isEqualTo(wanted);
        assertThat(
                        LINE.read("compose drain 3s with its files to v1 relay because it is slow")
                                .values())
                .isEqualTo(wanted);
    }

    @Test
    void a_command_alone_is_enough_where_everything_is_optional() {
        Invocation said = LINE.read("  compose\u00a0 ");
        assertThat(said.command().name()).isEqualTo("compose");
        assertThat(said.values()).isEmpty();
        assertThat(said.has("target")).isFalse();
        assertThat(said.value("target")).isEmpty();
    }

    @Test
    void a_phone_may_begin_with_a_capital() {
        assertThat(LINE.read("Compose relay").command().name()).isEqualTo("compose");
    }

    @Test
    void the_rest_of_the_line_may_hold_any_words() {
        assertThat(LINE.read("compose because drain 3s is too long ?").values())
                .isEqualTo(Map.of("reason", "drain 3s is too long ?"));
        assertThat(LINE.read("plan compose relay to v1").values())
                .isEqualTo(Map.of("command", "compose relay to v1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "help",
                "--help",
                "-h",
                "?",
                "—help",
                "compose --help",
                "--help compose",
                "compose relay to v1 --help",
                "compose relay because --help",
                "compose relay drain 99s -h",
                "approve --help",
                "plan compose --help",
                "no-such-command --help"
            })
    void help_never_runs_anything(String text) {
        assertThat(LINE.read(text).command().does()).isEqualTo("help");
    }

    @Test
    void help_is_about_the_command_that_was_named() {
        assertThat(LINE.read("compose relay --help").values())
                .isEqualTo(Map.of("command", "compose"));
        assertThat(LINE.read("compsoe --help").values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "compsoe relay; there is no command \"compsoe\". Did you mean \"compose\"? Commands"
                        + " are: compose, help, status, plan, approve",
                "xyzzy; there is no command \"xyzzy\". Commands are: compose, help, status, plan,"
                        + " approve",
                "compose relay drian 3s; \"drian\" is not understood here. Did you mean \"drain\"?"
                        + " Write: compose [TARGET] [to RELEASE] [with its files] [drain"
                        + " 0s|3s|10s] [because REASON...]",
                "compose drain 5s; \"5s\" is no drain. It is one of: 0s, 3s, 10s",
                "compose drain; \"drain\" needs one of 0s, 3s, 10s. Write: compose [TARGET] [to"
                        + " RELEASE] [with its files] [drain 0s|3s|10s] [because REASON...]",
                "compose to because slow; \"to\" needs a release. Write: compose [TARGET] [to"
                        + " RELEASE] [with its files] [drain 0s|3s|10s] [because REASON...]",
                "compose to a to b; \"release\" is said twice. Write: compose [TARGET] [to RELEASE]"
                        + " [with its files] [drain 0s|3s|10s] [because REASON...]",
                "approve; \"approve\" needs a run. Write: approve RUN [because REASON...]",
                "approve because fine; \"approve\" needs a run. Write: approve RUN [because"
                        + " REASON...]"
            })
    void what_is_not_understood_is_told_with_what_can_be_written(String text, String told) {
        assertThat(refusal(text)).isEqualTo(told);
    }

    @Test
    void a_text_without_end_is_refused_and_not_repeated() {
        assertThat(refusal("compose because " + "x".repeat(3000)))
                .isEqualTo(
                        "this command has 3016 characters, 2000 are allowed. Shorten the reason");
        assertThat(refusal("\ud83d\ude00".repeat(31))).hasSizeLessThan(200);
        assertThat(refusal("y".repeat(500))).hasSizeLessThan(200);
    }

    @Test
    void what_could_steer_a_terminal_is_not_repeated() {
        assertThat(refusal("\u001b[2Jrm \u202eabc")).doesNotContain("\u001b").contains("�[2Jrm");
    }

    @Test
    void naughty_strings_are_understood_or_refused_and_nothing_else() throws Exception {
        String shared = System.getenv("BACKOUT_SHARED");
        assumeTrue(shared != null, "BACKOUT_SHARED is not set: no naughty strings");
        Path file = Path.of(String.valueOf(shared), "corpus/naughty-strings.json");
        String[] strings = JsonMapper.shared().readValue(Files.readString(file), String[].class);
        assertThat(strings).hasSizeGreaterThan(400);
        for (String naughty : strings) {
            for (String before :
                    List.of("", "compose ", "compose to ", "compose because ", "approve ")) {
                readOrRefuse(before + naughty);
            }
        }
    }

    private static void readOrRefuse(String text) {
        try {
            assertThat(LINE.read(text).values().values()).noneMatch(String::isEmpty);
        } catch (ProblemException e) {
            assertThat(e.problem().what().toString()).isNotBlank().hasSizeLessThan(200);
            assertThat(e.problem().next().toString()).isNotBlank();
            assertThat(e.problem().toString().chars()).noneMatch(Character::isISOControl);
        }
    }

    @Test
    void a_person_who_is_mistyped_gets_the_nearest_one() {
        var site =
                new Site(
                        List.of(),
                        Map.of(),
                        Map.of("anna", new backout.approval.Person("anna", 1, Map.of())),
                        Map.of());
        assertThat(site.person("anna").level()).isEqualTo(1);
        assertThatThrownBy(() -> site.person("ana"))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "config/people.yml: nobody here is called \"ana\". Did you mean anna? Known"
                                + " people: anna");
        assertThatThrownBy(() -> site.person("\ud83d\ude00".repeat(40)))
                .isInstanceOf(ProblemException.class);
    }
}

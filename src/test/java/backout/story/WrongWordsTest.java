package backout.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.Seat;
import backout.fixture.Effort;
import backout.run.HandClock;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is mistyped, unknown, over-long or broken: a clear answer, nothing done. */
@Order(4)
class WrongWordsTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final SimService service = new SimService();

    private Seat seat() {
        return new Seat(home, service, clock);
    }

    private void refused(String part, String... arguments) {
        var seat = seat();
        assertThat(seat.run(arguments)).as(seat.text()).isEqualTo(2);
        assertThat(seat.words()).contains(part);
        assertThat(service.moves()).isZero();
    }

    @Test
    void a_mistyped_sub_command_gets_the_nearest() {
        SimSite.in(home, 0, "0s");
        refused("Did you mean \"status\"?", "staus");
        refused("Did you mean \"history\"?", "histroy");
    }

    @Test
    void a_mistyped_command_gets_the_nearest() {
        SimSite.in(home, 0, "0s");
        refused("Did you mean \"sim\"?", "run", "sin relay", "--as", "li", "--yes");
        refused("did you mean relay?", "run", "sim realy", "--as", "li", "--yes");
        refused("did you mean relay?", "status", "realy");
    }

    @Test
    void a_mistyped_option_gets_the_nearest() {
        SimSite.in(home, 0, "0s");
        refused("Did you mean --yes?", "run", "sim", "--as", "li", "--yse");
    }

    @Test
    void who_speaks_must_be_said_and_known() {
        SimSite.in(home, 0, "0s");
        refused("--as", "run", "sim");
        refused("Did you mean anna?", "run", "sim", "--as", "ana", "--yes");
        refused("nobody here is called", "console", "--as", "ana");
    }

    @Test
    void an_unknown_run_is_told() {
        SimSite.in(home, 0, "0s");
        refused("there is no run \"7F3KQ\"", "run", "approve 7F3KQ", "--as", "anna");
        refused("there is no run \"7F3KQ\"", "cancel", "7F3KQ", "--as", "anna");
    }

    @Test
    void help_never_runs_anything_whatever_is_around() {
        for (var arguments :
                List.of(
                        List.of("--help"),
                        List.of("run", "--help"),
                        List.of("run", "sim", "--as", "li", "--yes", "--help"),
                        List.of("serve", "--nonsense", "-h"),
                        List.of("help"),
                        List.<String>of())) {
            var seat = seat();
            assertThat(seat.run(arguments.toArray(String[]::new))).isZero();
            assertThat(seat.text()).contains("Usage: bot/backout");
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void help_inside_a_command_runs_nothing_either() {
        SimSite.in(home, 0, "0s");
        var seat = seat();
        assertThat(seat.run("run", "sim relay -help", "--as", "li", "--yes")).isZero();
        assertThat(seat.text()).contains("sim [TARGET] [because REASON...]");
        assertThat(service.moves()).isZero();
    }

    @Test
    void the_version_is_told() {
        var seat = seat();
        assertThat(seat.run("--version")).isZero();
        assertThat(seat.text()).startsWith("backout ");
    }

    @Test
    void an_over_long_text_is_refused_and_shown_short() {
        SimSite.in(home, 0, "0s");
        var seat = seat();
        String words = "sim relay because " + "5xx ".repeat(50_000);
        assertThat(seat.run("run", words, "--as", "li", "--yes")).isEqualTo(2);
        assertThat(seat.text()).contains("characters").hasSizeLessThan(1000);
    }

    @Test
    void all_problems_of_a_broken_site_are_told_at_once() {
        var site = SimSite.in(home, 0, "0s");
        site.write("config/people.yml", "people:\n  li: {levle: L1}\n");
        site.write("config/targets.yml", "targets:\n  sim/relay:\n    policy: sume\n");
        var seat = seat();
        assertThat(seat.run("check")).isEqualTo(2);
        assertThat(seat.text()).contains("people.yml:2").contains("level").contains("sume");
        refused("people.yml:2", "run", "sim", "--as", "li", "--yes");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        refused("config", "check", "--config", home.resolve("nowhere").toString());
        refused("config", "serve");
    }

    /** A second target, in a folder of another name; both refusals lead there and nowhere else. */
    @Test
    void who_named_another_folder_is_sent_to_its_files() throws IOException {
        var site = SimSite.in(home, 0, "0s");
        site.write("commands/mark.yml", Files.readString(Path.of("commands/mark.yml")));
        String targets = Files.readString(home.resolve("config/targets.yml"));
        site.write(
                "config/targets.yml",
                targets + targets.replace("targets:\n", "").replace("relay", "shop"));
        Path other = Files.move(home.resolve("config"), home.resolve("other"));
        String option = other.toString();

        refused(other + "/targets.yml: there is no target", "status", "x", "--config", option);
        refused(other + "/people.yml: nobody here", "console", "--as", "x", "--config", option);
        var seat = seat();
        assertThat(seat.run("plan", "sim", "--config", option)).isEqualTo(2);
        assertThat(seat.words())
                .contains(other + "/targets.yml: there are several targets: relay, shop")
                .contains("say which: sim relay; sim shop");
        var mark = seat();
        assertThat(mark.run("run", "mark good 1.0", "--as", "anna", "--config", option))
                .isEqualTo(2);
        assertThat(mark.words())
                .contains(other + "/targets.yml: there are several targets: relay, shop")
                .contains("say which: mark good 1.0 of relay because REASON; mark good 1.0 of shop")
                .doesNotContain("config/targets.yml");
    }

    @Test
    void a_site_that_is_right_is_counted() {
        SimSite.in(home, 0, "0s");
        var seat = seat();
        assertThat(seat.run("check")).isZero();
        assertThat(seat.text())
                .contains("config is right: 1 target, 4 people, 1 policy, 12 commands");
    }

    @Test
    void strange_arguments_do_nothing_and_reach_the_terminal_harmless() {
        SimSite.in(home, 0, "0s");
        var strange =
                List.of(
                        "",
                        " ",
                        "@/etc/passwd",
                        "--",
                        "-1",
                        "--as=li",
                        "$(touch /tmp/x)",
                        "\u001b[2J\u0007",
                        "a\rb\nc",
                        "\u202eevil",
                        "ßÉ測試😀\ud83d");
        strange.forEach(this::doesNothing);
        assertThat(service.moves()).isZero();
    }

    @Test
    void naughty_strings_do_nothing_and_reach_the_terminal_harmless() {
        Optional<String> shared = Optional.ofNullable(System.getenv("BACKOUT_SHARED"));
        assumeTrue(shared.isPresent(), "BACKOUT_SHARED names no folder with test data");
        SimSite.in(home, 0, "0s");
        var file = Path.of(shared.orElseThrow(), "corpus", "naughty-strings.json").toFile();
        var strings = new ObjectMapper().readTree(file);
        assertThat(strings.size()).isGreaterThan(400);
        for (int at = 0; at < strings.size(); at += Effort.stride()) {
            doesNothing(strings.get(at).asString());
        }
        assertThat(service.moves()).isZero();
    }

    private void doesNothing(String text) {
        assertThat(harmless("run", text, "--as", "li", "--yes")).as(text).isIn(0, 2);
        assertThat(harmless("plan", "sim relay because " + text)).as(text).isIn(0, 2);
        assertThat(harmless("check", text)).as(text).isIn(0, 2);
    }

    private int harmless(String... arguments) {
        var seat = seat();
        int code = seat.run(arguments);
        assertThat(seat.text().replace("\n", "").codePoints())
                .noneMatch(point -> Character.getType(point) == Character.CONTROL);
        return code;
    }
}

package backout.check;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Verdict.Unknown;
import backout.check.Verdict.Unwell;
import backout.check.Verdict.Well;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

class VerificationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Check check(String text) {
        return Check.parse(text, Set.of());
    }

    private static List<Check> checks(String tails) {
        return Arrays.stream(tails.split("/", -1))
                .map(String::strip)
                .map(tail ->
                        tail.startsWith("should") || tail.startsWith("info")
                                ? check(tail.replaceFirst(":", ": container [RESTARTS] == 0"))
                                : check("container [RESTARTS] == 0 " + tail))
                .toList();
    }

    private static Verdict verdict(int letter) {
        return switch (letter) {
            case 'w' -> new Well(Phrase.of("0"));
            case 'u' -> new Unwell(Phrase.of("1"), Phrase.of("0"));
            case '?' -> new Unknown(Phrase.of("no sight"));
            default -> throw new IllegalArgumentException("letter " + (char) letter);
        };
    }

    /** Rounds as {@code 5wu 10ww}: at 5 s the first check was well, the second unwell. */
    private static Verification play(List<Check> checks, String rounds) {
        var verification = Verification.of(checks, START, 1);
        for (String round : rounds.split(" ", -1)) {
            String letters = round.replaceAll("[0-9]", "");
            long second = Long.parseLong(round.substring(0, round.length() - letters.length()));
            verification =
                    verification.after(
                            START.plusSeconds(second),
                            letters.chars().mapToObj(VerificationTest::verdict).toList());
        }
        return verification;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    within 60s            | 1w                  | well
                    within 60s            | 1u                  | goon
                    within 60s            | 1u 59u              | goon
                    within 60s            | 1u 59w              | well
                    within 60s            | 1u 60u              | unwell
                    within 60s            | 1u 60w              | well
                    within 60s            | 1u 90w              | well
                    within 60s            | 1? 60?              | unknown
                    within 60s            | 1u 60?              | unknown
                    within 60s            | 1? 60u              | unwell
                    within 60s            | 1u 60u 70w          | unwell
                    within 60s 3 times    | 1w 2w               | goon
                    within 60s 3 times    | 1w 2w 3w            | well
                    within 60s 3 times    | 1w 2w 3u 4w 5w      | goon
                    within 60s 3 times    | 1w 2? 3w 4w         | goon
                    within 60s 3 times    | 1w 2u 3w 4w 5w      | well
                    within 60s 3 times    | 59w 60w             | goon
                    within 60s 3 times    | 59w 60w 61w         | well
                    within 60s 3 times    | 59w 60w 61u         | unwell
                    within 60s 3 times    | 60w 61w 62w         | well
                    ''                    | 1w                  | well
                    ''                    | 1u                  | unwell
                    ''                    | 1?                  | unknown
                    3 times               | 1w 2w               | goon
                    3 times               | 1w 2w 3w            | well
                    3 times               | 1w 2u               | unwell
                    within 60s /          | 1uu                 | goon
                    within 60s /          | 60uw                | unwell
                    within 60s / within 0s| 1uu                 | unwell
                    within 60s / within 0s| 1u?                 | goon
                    within 60s / within 0s| 1u? 5w?             | unknown
                    within 60s / within 0s| 1u? 60u?            | unwell
                    within 60s / within 9s| 1uw 20uu            | goon
                    within 60s / within 9s| 1uw 20uu 30ww       | well
                    within 60s / within 9s| 1uw 60wu            | unwell
                    within 60s / should: within 60s | 1wu       | goon
                    within 60s / should: within 60s | 1wu 60wu  | well+1
                    within 60s / should: within 60s | 1wu 9ww   | well
                    within 60s / should: within 60s | 60w?      | well+1
                    within 60s / info: within 60s   | 1wu       | well
                    info: within 60s                | 1w        | unknown
                    should: within 60s              | 1w        | unknown
                    """)
    void rounds_become_a_finding(String tails, String rounds, String finding) {
        assertThat(shown(play(checks(tails), rounds).finding())).isEqualTo(finding);
    }

    private static String shown(Finding finding) {
        String warnings =
                finding instanceof Finding.Well(var checks) && !checks.isEmpty()
                        ? "+" + checks.size()
                        : "";
        return finding.getClass().getSimpleName().toLowerCase(Locale.ROOT) + warnings;
    }

    @Test
    void nothing_is_decided_before_the_first_look_and_nothing_to_look_at_is_unknown() {
        var verification = Verification.of(checks("within 0s"), START, 1);
        assertThat(verification.finding()).isEqualTo(new Finding.GoOn(START));
        assertThat(verification.verdicts())
                .containsExactly(new Unknown(Phrase.of("nobody has looked yet")));
        assertThat(Verification.of(List.of(), START, 1).finding())
                .isEqualTo(new Finding.Unknown(List.of()));
    }

    @Test
    void the_findings_name_their_checks_and_the_end() {
        List<Check> checks = checks("within 60s / within 5s / within 9s");
        assertThat(play(checks, "1uuu").finding())
                .isEqualTo(new Finding.GoOn(START.plusSeconds(60)));
        assertThat(play(checks, "5wuw").finding())
                .isEqualTo(new Finding.Unwell(List.of(checks.get(1))));
        assertThat(play(checks, "9ww?").finding())
                .isEqualTo(new Finding.Unknown(List.of(checks.get(2))));
    }

    @Test
    void all_checks_may_have_to_hold_several_times() {
        var verification = Verification.of(checks("within 60s"), START, 2);
        var once = verification.after(START, List.of(verdict('w')));
        assertThat(once.finding()).isInstanceOf(Finding.GoOn.class);
        assertThat(once.after(START, List.of(verdict('w'))).finding())
                .isEqualTo(new Finding.Well(List.of()));
        assertThat(verification.finding()).isInstanceOf(Finding.GoOn.class);
    }

    @Test
    void rows_are_read_from_liveness_to_data() {
        List<Check> checks =
                List.of(
                        check("redis a:* [KEYS] >= 1"),
                        check("container [CPU] < 9%"),
                        check("container [STATE] == running"),
                        check("container [IMAGE] == x"));
        List<Verdict> verdicts = checks.stream().map(_ -> verdict('w')).toList();
        assertThat(Row.of(checks, verdicts, verdicts))
                .extracting(row -> row.check().stage())
                .containsExactly(Stage.LIVENESS, Stage.IDENTITY, Stage.LIMITS, Stage.DATA);
    }
}

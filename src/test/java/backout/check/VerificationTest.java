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
import java.util.Set;

class VerificationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Check check(String text) {
        return Check.parse(text, Set.of());
    }

    private static List<Check> checks(String tails) {
        return Arrays.stream(tails.split("/", -1))
                .map(String::strip)
                .map(tail -> check("container [RESTARTS] == 0 " + tail))
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
                    within 60s            | 1w                  | decided
                    within 60s            | 1u                  | goon
                    within 60s            | 1u 59u              | goon
                    within 60s            | 1u 59w              | decided
                    within 60s            | 1u 60u              | decided
                    within 60s            | 1u 60w              | decided
                    within 60s            | 1u 90w              | decided
                    within 60s            | 1? 60?              | decided
                    within 60s            | 1u 60?              | decided
                    within 60s            | 1? 60u              | decided
                    within 60s            | 1u 60u 70w          | decided
                    within 60s 3 times    | 1w 2w               | goon
                    within 60s 3 times    | 1w 2w 3w            | decided
                    within 60s 3 times    | 1w 2w 3u 4w 5w      | goon
                    within 60s 3 times    | 1w 2? 3w 4w         | goon
                    within 60s 3 times    | 1w 2u 3w 4w 5w      | decided
                    within 60s 3 times    | 59w 60w             | goon
                    within 60s 3 times    | 59w 60w 61w         | decided
                    within 60s 3 times    | 59w 60w 61u         | decided
                    within 60s 3 times    | 60w 61w 62w         | decided
                    ''                    | 1w                  | decided
                    ''                    | 1u                  | decided
                    ''                    | 1?                  | decided
                    3 times               | 1w 2w               | goon
                    3 times               | 1w 2w 3w            | decided
                    3 times               | 1w 2u               | decided
                    within 60s /          | 1uu                 | goon
                    within 60s /          | 60uw                | decided
                    within 60s / within 0s| 1uu                 | decided
                    within 60s / within 0s| 1u?                 | goon
                    within 60s / within 0s| 1u? 5w?             | decided
                    within 60s / within 0s| 1u? 60u?            | decided
                    within 60s / within 9s| 1uw 20uu            | goon
                    within 60s / within 9s| 1uw 20uu 30ww       | decided
                    within 60s / within 9s| 1uw 60wu            | decided
                    """)
    void rounds_come_to_a_decision(String tails, String rounds, String answer) {
        assertThat(play(checks(tails), rounds).goesOn() ? "goon" : "decided").isEqualTo(answer);
    }

    @Test
    void nothing_is_decided_before_the_first_look_and_nothing_to_look_at_is() {
        assertThat(Verification.of(checks("within 0s"), START, 1).goesOn()).isTrue();
        assertThat(Verification.of(List.of(), START, 1).goesOn()).isFalse();
    }

    @Test
    void all_checks_may_have_to_hold_several_times() {
        var verification = Verification.of(checks("within 60s"), START, 2);
        var once = verification.after(START, List.of(verdict('w')));
        assertThat(once.goesOn()).isTrue();
        assertThat(once.after(START, List.of(verdict('w'))).goesOn()).isFalse();
        assertThat(verification.goesOn()).isTrue();
    }
}

package backout.check;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class HealthTest {
    private static Verdict verdict(char letter) {
        return switch (letter) {
            case 'w' -> new Verdict.Well(Phrase.of("0"));
            case 'u' -> new Verdict.Unwell(Phrase.of("1"), Phrase.of("0"));
            case 'g' -> new Verdict.Unwell(Phrase.of("no answer"), Phrase.of("0"), true);
            case '?' -> new Verdict.Unknown(Phrase.of("no sight"));
            default -> throw new IllegalArgumentException("letter " + letter);
        };
    }

    private static List<Row> rows(String text, String before, String after) {
        Check check = Check.parse(text, Set.of("to"));
        var rows = new ArrayList<Row>();
        for (int i = 0; i < before.length(); i++) {
            rows.add(new Row(check, verdict(before.charAt(i)), verdict(after.charAt(i))));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "w, w, SAME",
        "u, u, SAME",
        "g, g, SAME",
        "u, w, BETTER",
        "g, w, BETTER",
        "g, u, BETTER",
        "w, u, WORSE",
        "w, g, WORSE",
        "u, g, WORSE",
        "w, ?, UNKNOWN",
        "?, u, UNKNOWN",
        "?, ?, UNKNOWN",
        "ww, uw, WORSE",
        "uu, uw, BETTER",
        "wu, gg, WORSE",
        "uu, gg, WORSE",
        "wu, uw, UNKNOWN",
        "ug, gu, UNKNOWN",
        "www, gg?, UNKNOWN",
        "gg, uu, BETTER",
    })
    void what_must_hold_is_compared_one_by_one(String before, String after, Health health) {
        assertThat(Health.of(rows("container [RESTARTS] == 0", before, after))).isEqualTo(health);
    }

    @Test
    void what_need_not_hold_and_another_identity_do_not_count() {
        var rows = new ArrayList<>(rows("container [RESTARTS] == 0", "w", "u"));
        rows.addAll(rows("should: container [CPU] < 9%", "uu", "w?"));
        rows.addAll(rows("info: container [STATE] == running", "u", "?"));
        rows.addAll(rows("container [IMAGE] == {to}", "u?", "ww"));
        assertThat(Health.of(rows)).isEqualTo(Health.WORSE);
    }

    @Test
    void nothing_to_compare_is_unknown() {
        assertThat(Health.of(List.of())).isEqualTo(Health.UNKNOWN);
        assertThat(Health.of(rows("container [IMAGE] == {to}", "w", "g")))
                .isEqualTo(Health.UNKNOWN);
    }
}

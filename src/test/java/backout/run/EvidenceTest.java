package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.run.Evidence.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

/** What the checks saw: what is worse than before, and which of them is told as the trouble. */
class EvidenceTest {
    private static Evidence evidence(Finding finding, int ranks, Evidence.Row... rows) {
        return new Evidence(finding, List.of(rows), ranks, List.of(), Duration.ZERO);
    }

    private static Evidence.Row row(String check, Finding finding, boolean must) {
        return new Evidence.Row(
                check, Phrase.verbatim(finding.name()), Phrase.NONE, finding, must, "");
    }

    @ParameterizedTest
    @CsvSource({
        "UNWELL, 2, UNWELL, 1, true",
        "UNWELL, 1, WELL, 0, true",
        "UNWELL, 1, UNWELL, 1, false",
        "UNWELL, 1, UNWELL, 2, false",
        "UNKNOWN, 3, UNWELL, 1, false",
        "WELL, 3, UNWELL, 1, false",
        "UNWELL, 1, UNKNOWN, -1, false",
        "UNWELL, -1, UNKNOWN, -2, false",
    })
    void only_what_is_unwell_and_ranks_higher_is_worse(
            Finding now, int ranks, Finding before, int ranksBefore, boolean worse) {
        assertThat(evidence(now, ranks).isWorseThan(evidence(before, ranksBefore)))
                .isEqualTo(worse);
    }

    /** Before the switch another release runs than is wanted: that alone makes nothing unwell. */
    @ParameterizedTest
    @CsvSource({"UNWELL, 0, WELL", "UNWELL, 2, UNWELL", "UNKNOWN, -1, UNKNOWN", "WELL, 0, WELL"})
    void how_the_service_is_does_not_depend_on_its_release(
            Finding finding, int ranks, Finding health) {
        assertThat(evidence(finding, ranks).health()).isEqualTo(health);
    }

    @Test
    void the_trouble_is_the_first_check_that_decides_and_is_not_well() {
        assertThat(
                        evidence(
                                        Finding.UNWELL,
                                        1,
                                        row("slow", Finding.UNWELL, false),
                                        row("up", Finding.WELL, true),
                                        row("ready", Finding.UNKNOWN, true),
                                        row("version", Finding.UNWELL, true))
                                .trouble())
                .hasToString("ready (seen: UNKNOWN)");
        assertThat(evidence(Finding.UNKNOWN, -1).trouble()).hasToString("the checks are unknown");
        assertThat(evidence(Finding.UNWELL, 1, row("up", Finding.WELL, true)).trouble())
                .hasToString("the checks are unwell");
    }
}

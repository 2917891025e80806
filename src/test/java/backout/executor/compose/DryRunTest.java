package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.executor.compose.DryRun.Fate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // 2.26, 2.17 with its progress, 2.40 and 5.0
                "' DRY-RUN MODE -  Container p-db-1  Running'; LEFT",
                "' ⠿ DRY-RUN MODE -   Container p-db-1  Running                  0.0s'; LEFT",
                "' Container p-db-1 Running '; LEFT",
                "' DRY-RUN MODE -  Container p-db-1  Created'; LEFT",
                "' DRY-RUN MODE -  Container p-db-1  Starting'; LEFT",
                "' DRY-RUN MODE -  Container p-db-1  Creating'; MADE",
                "' DRY-RUN MODE -  Container p-db-1  Recreate'; ANEW",
                "' DRY-RUN MODE -  Container p-db-1  Recreated'; ANEW",
                "' DRY-RUN MODE -  Container 0a1b2c3d4e5f_p-db-1  Recreated'; ANEW"
            })
    void a_line_tells_the_fate_of_a_container(String line, Fate fate) {
        assertThat(DryRun.parse(line).of("p-db-1")).contains(fate);
    }

    @Test
    void the_worst_of_several_lines_stands() {
        var said =
                DryRun.parse(
                        """
                         DRY-RUN MODE -  Network p_default  Creating
                         DRY-RUN MODE -  Container p-db-1  Recreate
                         DRY-RUN MODE -  Container p-db-1  Recreated
                         DRY-RUN MODE -  Container 0a1b2c3d4e5f_p-db-1  Starting
                         DRY-RUN MODE -  Container p-web-1  Creating
                         DRY-RUN MODE -  Container p-web-1  Created
                        """);
        assertThat(said.of("p-db-1")).contains(Fate.ANEW);
        assertThat(said.of("p-web-1")).contains(Fate.MADE);
    }

    @Test
    void what_ended_half_way_says_nothing_of_the_rest() {
        var said =
                DryRun.parse(
                        " DRY-RUN MODE -  Container p-db-1  Running\n"
                                + "  DRY-RUN MODE -  Could not find the file / in container"
                                + " p-web-1\n");
        assertThat(said.of("p-db-1")).contains(Fate.LEFT);
        assertThat(said.of("p-web-1")).isEmpty();
    }

    @Test
    void a_version_without_it_says_nothing() {
        assertThat(DryRun.parse("unknown flag: --dry-run\n")).isEqualTo(DryRun.NOTHING);
    }
}

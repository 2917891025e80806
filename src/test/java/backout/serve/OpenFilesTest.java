package backout.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class OpenFilesTest {
    @Test
    void the_soft_limit_counts() {
        assertThat(
                        OpenFiles.of(
                                List.of(
                                        "Limit                     Soft Limit  Hard Limit  Units",
                                        "Max processes             95000       95000      "
                                                + " processes",
                                        "Max open files            20000       30000       files")))
                .isEqualTo(new OpenFiles(20_000));
    }

    @Test
    void what_cannot_be_read_is_the_usual_limit() {
        assertThat(OpenFiles.of(List.of())).isEqualTo(new OpenFiles(1024));
        assertThat(OpenFiles.of(List.of("Max open files unlimited unlimited files")))
                .isEqualTo(new OpenFiles(1024));
    }

    /** Twice the visitors are open while closed ones are cleared away. */
    @ParameterizedTest
    @ValueSource(ints = {64, 256, 1024, 20_000, 1_000_000})
    void half_is_left_for_everything_else(int limit) {
        var files = new OpenFiles(limit);
        assertThat(2 * files.visitors() + files.ours()).isBetween(3, limit / 2);
    }

    @Test
    void this_process_has_a_limit() {
        assertThat(OpenFiles.ofThisProcess().limit()).isPositive();
    }
}

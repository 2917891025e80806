package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UsageSampleTest {
    private static final UsageSample EARLIER = new UsageSample(1_000, 10_000, 4, 1, 2);

    @Test
    void the_share_of_the_cpu_counts_every_cpu() {
        assertThat(new UsageSample(2_000, 20_000, 4, 1, 2).cpuPercentSince(EARLIER)).hasValue(40.0);
    }

    @Test
    void a_restart_in_between_or_no_time_at_all_gives_no_share() {
        assertThat(new UsageSample(10, 20_000, 4, 1, 2).cpuPercentSince(EARLIER)).isEmpty();
        assertThat(EARLIER.cpuPercentSince(EARLIER)).isEmpty();
    }

    @Test
    void the_cache_is_not_counted_in_either_version_of_cgroups() {
        assertThat(memory("{\"total_inactive_file\": 30, \"inactive_file\": 5}")).isEqualTo(70);
        assertThat(memory("{\"inactive_file\": 20}")).isEqualTo(80);
        assertThat(memory("{\"inactive_file\": 200}")).isEqualTo(100);
    }

    @Test
    void a_container_that_does_not_run_has_no_usage() {
        assertThat(UsageSample.of(Json.parse("{\"cpu_stats\": {}, \"memory_stats\": {}}")))
                .isEmpty();
    }

    private static long memory(String detail) {
        var stats =
                """
                {"cpu_stats": {"system_cpu_usage": 9, "cpu_usage": {"total_usage": 1}},
                 "memory_stats": {"usage": 100, "limit": 500, "stats": %s}}\
                """
                        .formatted(detail);
        return UsageSample.of(Json.parse(stats)).orElseThrow().memoryBytes();
    }
}

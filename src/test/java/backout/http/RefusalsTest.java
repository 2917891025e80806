package backout.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

class RefusalsTest {
    private final ArrayList<String> log = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(Long.MIN_VALUE);
    private final Refusals refusals = new Refusals("Slack", log::add, nanos::get);

    @Test
    void a_thousand_forged_requests_are_one_line_a_minute_with_their_number() {
        for (int i = 0; i < 1000; i++) {
            refusals.note("forged");
        }
        assertThat(log).containsExactly("a request to the Slack address was refused: forged");

        nanos.addAndGet(Refusals.BETWEEN.toNanos());
        refusals.note("too long");

        assertThat(log)
                .hasSize(2)
                .endsWith("1000 requests to the Slack address were refused, the last: too long");
    }
}

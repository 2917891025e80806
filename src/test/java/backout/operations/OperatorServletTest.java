package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.run.Loop;
import backout.serve.Listener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class OperatorServletTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Loop> loops = new ArrayList<>();
    private final Listener listener =
            Listener.open("127.0.0.1:0", Map.of("/healthz", OperatorServlet.health(() -> loops)));

    @AfterEach
    void close() {
        end.countDown();
        listener.close();
    }

    private void loop(String name, Duration within) {
        loops.add(Loop.start(name, within, _ -> await()));
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Asked healthz() {
        return Asked.get(listener.port(), "/healthz");
    }

    @Test
    void loops_that_come_round_are_well() {
        loop("resumer", LONG);

        Asked answer = healthz();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("ok");
        assertThat(answer.json().path("loops").get(0).path("name").asString()).isEqualTo("resumer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3:8181",
                "[::1]:8181",
                "backout",
                "backout:80",
                "backout.localhost:1"
            })
    void programs_ask_by_address_or_by_a_name_of_one_word(String host) {
        assertThat(Asked.get(listener.port(), "/healthz", host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "rebound.evil.example:8181", "1.2.3.4.evil.example"})
    void a_name_that_may_be_a_strangers_is_told_nothing(String host) {
        loop("resumer", LONG);
        Asked answer = Asked.get(listener.port(), "/healthz", host);
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.text()).doesNotContain("resumer").contains("ask by an address");
    }

    @Test
    void a_loop_that_has_ended_makes_it_unwell_and_is_named() {
        loop("resumer", LONG);
        loops.add(Loop.start("watch sim/relay", LONG, _ -> {}));
        Await.until("it ended", () -> loops.getLast().trouble().isPresent());

        Asked answer = healthz();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("status").asString()).isEqualTo("stuck");
        assertThat(answer.json().path("loops").get(0).path("ok").asBoolean()).isTrue();
        assertThat(answer.json().path("loops").get(1).path("says").asString())
                .isEqualTo("has ended");
    }

    @Test
    void a_loop_that_does_not_come_round_makes_it_unwell_until_it_does() {
        loop("publish to slack", Duration.ofMillis(500));
        Await.until("it is stuck", () -> healthz().status() == 503);
        assertThat(healthz().text()).contains("has not come round for");

        loops.getFirst().round();

        assertThat(healthz().status()).isEqualTo(200);
    }
}

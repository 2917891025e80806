package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.fixture.SlackDriver;
import backout.http.Signatures;
import backout.http.Signatures.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

class SignaturesTest {
    /** From Slack's page on verifying requests, with its secret. */
    private static final String BODY =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                    + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
                    + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
                    + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
                    + "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                    + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static final String AT = "1531420618";
    private static final String SIGNATURE =
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private final Instant sent = Instant.ofEpochSecond(Long.parseLong(AT));
    private final AtomicLong nanos = new AtomicLong();
    private Instant now = sent;
    private final Signatures signatures =
            new Signatures(SlackProof.of(SlackDriver.SECRET), () -> now, nanos::get);

    private Verdict check(String at, String signature, String body) {
        return signatures.check(at, signature, body.getBytes(UTF_8));
    }

    @Test
    void the_example_that_slack_publishes_is_genuine() {
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void an_altered_time_stamp_is_forged() {
        assertThat(check("1531420619", SIGNATURE, BODY)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void an_altered_body_signature_or_none_is_forged() {
        assertThat(check(AT, SIGNATURE, BODY + " ")).isEqualTo(Verdict.FORGED);
        assertThat(check(AT, SIGNATURE.replace("b503", "b504"), BODY)).isEqualTo(Verdict.FORGED);
        assertThat(check(AT, "", BODY)).isEqualTo(Verdict.FORGED);
        assertThat(check("", SIGNATURE, BODY)).isEqualTo(Verdict.FORGED);
        assertThat(check("now", SIGNATURE, BODY)).isEqualTo(Verdict.FORGED);
        assertThat(check("9".repeat(30), SIGNATURE, BODY)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void five_minutes_old_is_new_enough_and_a_second_more_is_not() {
        now = sent.plus(Duration.ofMinutes(5)).plusSeconds(1);
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.UNTIMELY);
        now = sent.plus(Duration.ofMinutes(5));
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void a_time_stamp_from_the_future_is_untimely() {
        now = sent.minus(Duration.ofMinutes(5)).minusSeconds(1);
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.UNTIMELY);
    }

    @Test
    void the_second_time_is_a_replay_for_as_long_as_the_window_could_let_it_in() {
        now = sent.minus(Duration.ofMinutes(5));
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.GENUINE);
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.REPLAYED);
        now = sent.plus(Duration.ofMinutes(5));
        nanos.set(Duration.ofMinutes(10).toNanos());
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void what_was_refused_is_not_remembered_as_seen() {
        assertThat(check(AT, SIGNATURE, BODY + " ")).isEqualTo(Verdict.FORGED);
        now = sent.plus(Duration.ofHours(1));
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.UNTIMELY);
        now = sent;
        assertThat(check(AT, SIGNATURE, BODY)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void a_second_before_the_start_is_in_time_and_earlier_is_not() {
        now = sent.plusSeconds(1);
        assertThat(startedNow().check(AT, SIGNATURE, BODY.getBytes(UTF_8)))
                .isEqualTo(Verdict.GENUINE);
        now = sent.plusMillis(1_001);
        assertThat(startedNow().check(AT, SIGNATURE, BODY.getBytes(UTF_8)))
                .isEqualTo(Verdict.EARLIER);
    }

    private Signatures startedNow() {
        return new Signatures(SlackProof.of(SlackDriver.SECRET), () -> now, nanos::get);
    }

    @Test
    void headers_alone_tell_what_cannot_be_genuine() {
        assertThat(signatures.ofHeaders(AT, "v0=" + "0".repeat(64))).isEqualTo(Verdict.GENUINE);
        assertThat(signatures.ofHeaders(AT, "v0=" + "0".repeat(63))).isEqualTo(Verdict.FORGED);
        assertThat(signatures.ofHeaders(AT, "v0=" + "A".repeat(64))).isEqualTo(Verdict.FORGED);
        assertThat(signatures.ofHeaders("1", SIGNATURE)).isEqualTo(Verdict.UNTIMELY);
    }
}

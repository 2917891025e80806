package backout.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.http.Signatures;
import backout.http.Signatures.Verdict;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Who signed it; the stories behind are those of {@code DiscordHttpTest}. */
class DiscordDoorTest {
    /** RFC 8032, 7.1, test 3: a key, and a signature over two bytes. */
    private static final String KEY =
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";

    private static final byte[] SIGNED = {(byte) 0xaf, (byte) 0x82};
    private static final String SIGNATURE =
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    private final DiscordProof proof = DiscordProof.of(KEY, "chat.yml");

    @Test
    void the_example_of_the_standard_holds_and_nothing_else_does() {
        assertThat(proof.holds("", SIGNATURE, SIGNED)).isTrue();
        assertThat(proof.holds("1", SIGNATURE, SIGNED)).isFalse();
        assertThat(proof.holds("", SIGNATURE, new byte[] {1, 2})).isFalse();
        assertThat(proof.holds("", "00".repeat(64), SIGNED)).isFalse();
        assertThat(proof.holds("", "ff".repeat(64), SIGNED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "zz51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
            })
    void what_is_no_key_is_refused_with_where_to_copy_it(String key) {
        assertThatThrownBy(() -> DiscordProof.of(key, "chat.yml discord.public-key"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("this is no public key");
    }

    @Test
    void a_signature_of_another_form_is_not_computed() {
        Instant now = Instant.ofEpochSecond(1_772_330_000);
        var nanos = new AtomicLong();
        var signatures = new Signatures(proof, () -> now, nanos::get);
        byte[] body = "{}".getBytes(UTF_8);
        assertThat(signatures.check("1772330000", "v0=" + SIGNATURE, body))
                .isEqualTo(Verdict.FORGED);
        assertThat(signatures.check("1772330000", SIGNATURE, body)).isEqualTo(Verdict.FORGED);
        assertThat(signatures.check("1772329000", SIGNATURE, body)).isEqualTo(Verdict.UNTIMELY);
    }
}

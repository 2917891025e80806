package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Bind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

/** What must not be changed is not, and it is said why, before the first change. */
class DnsRefusalTest extends DnsSite {
    /** Nothing is changed: each says what it is and what helps. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    key-name: bakcout | BADKEY | letter by letter
                    key-algorithm: hmac-sha512 | BADKEY | it knows no key backout with hmac-sha512
                    most-of-zone: 10 | more than 10 % | raise most-of-zone:
                    update: 127.0.0.1:1 | gave no answer | see that it runs
                    """)
    void there_is_no_plan_where_the_zone_cannot_be_changed(
            String setting, String says, String helps) throws IOException {
        String before = primary.serial();
        target("    " + setting, primary.address());

        assertThat(plan().words()).contains(says, helps);
        assertThat(rollback().exitCode()).isNotZero();

        assertThat(primary.serial()).isEqualTo(before);
    }

    @Test
    void there_is_no_plan_with_a_wrong_key_or_to_a_place_that_is_unwell() throws IOException {
        config("key", "d3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3Jvbmcgd3I=");
        assertThat(plan().words()).contains("BADSIG", "its key backout is another than file:");
        config("key", "%%%");
        assertThat(plan().words()).contains("holds no key in base64");
        config("key", "");
        assertThat(plan().words()).contains("the key of the zone is not there");
        config("key", Bind.KEY);
        places.answering(STANDBY, 502);
        assertThat(plan().words()).contains("127.0.9.2 is unwell itself");
    }

    /** The record that is answered is the wildcard's. */
    @Test
    void a_name_that_only_a_wildcard_answers_is_told_as_such() throws IOException {
        names = "\"@\", shop";
        target("", primary.address());

        assertThat(plan().words())
                .contains("no record of its own: a wildcard answers", "write * in names: instead")
                .doesNotContain("somebody else");
    }

    /** N7: what may be changed is tried with each name, the apex too. */
    @Test
    void a_policy_that_leaves_the_apex_out_is_known_beforehand() throws IOException {
        var policy = "grant backout wildcard *.vidfab.test. ANY;";
        try (var strict = Bind.primary(Bind.RECORDS, policy)) {
            target("    update: " + strict.address(), strict.address());
            String before = strict.serial();

            assertThat(plan().words()).contains("REFUSED", "its policy does not let key backout");
            assertThat(strict.serial()).isEqualTo(before);
        }
    }

    @Test
    void whoever_changed_a_record_in_between_is_not_written_over() {
        var seat =
                changedMeanwhile(
                        "dns vidfab because 5xx",
                        "update delete www.vidfab.test. CNAME",
                        "update add www.vidfab.test. 60 A 127.0.9.7");

        assertThat(seat.words())
                .contains(
                        "somebody changed the records: www.vidfab.test. none → A 127.0.9.7 (60 s)");
    }
}

package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether the secrets are there that a plan needs, before it is needed. */
class SecretLookTest {
    private static final Target TARGET =
            new Target(
                    new TargetName("any", "shop"),
                    "local",
                    "some",
                    Duration.ZERO,
                    Duration.ZERO,
                    List.of(),
                    new Settings(Map.of("secrets", Map.of("key", "env:KEY", "gone", "env:GONE"))));

    private final SecretLook look =
            new SecretLook(new Secrets(name -> name.equals("KEY") ? "s3cret" : ""));

    @Test
    void one_that_is_there_is_no_finding() {
        assertThat(look.ofChecks(TARGET, List.of("GET http://a/ as {key} [STATUS] == 200")))
                .isEqualTo(Findings.fine());
        assertThat(look.ofRedis(TARGET, "env:KEY")).isEqualTo(Findings.fine());
    }

    @Test
    void one_that_a_check_must_have_stops_and_one_that_it_should_have_is_told() {
        Findings found =
                look.ofChecks(
                        TARGET,
                        List.of(
                                "GET http://a/ as {gone} [STATUS] == 200",
                                "should: GET http://b/ as {gone} [STATUS] == 200"));
        assertThat(found.red())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("GET http://a/", "the variable GONE is not set in this process");
        assertThat(found.amber()).singleElement().asString().contains("http://b/");
    }

    @Test
    void what_would_help_is_said() {
        assertThat(look.ofRedis(TARGET, "env:GONE").red().getFirst().next().toString())
                .startsWith("set it where the bot");
        Problem file = look.ofRedis(TARGET, "file:/nowhere").red().getFirst();
        assertThat(file.what().toString()).contains("file:/nowhere is empty or cannot be read");
        assertThat(file.next().toString()).startsWith("mend the file");
    }

    @Test
    void the_password_of_redis_stops() {
        assertThat(look.ofRedis(TARGET, "env:GONE").red())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("the password of Redis that the backup needs is not there");
    }
}

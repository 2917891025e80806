package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Release;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

/** What people reported of going back with a checkout; by the rows of those reports. */
final class SourceFieldTest {
    private static final Map<String, String> PACKAGES =
            Map.of("package.json", "{\"name\": \"relay\"}\n", "package-lock.json", "{}\n");

    @Test
    void f23_a_lock_file_that_an_install_rewrote_is_said_to_be_that_and_is_no_obstacle() {
        try (var deployed =
                new Deployed()
                        .commit(Release.GOOD, PACKAGES)
                        .commit(Release.HEALTH_500, PACKAGES)
                        .cloned(Release.HEALTH_500)) {
            deployed.write(deployed.folder.resolve("package-lock.json"), "{\"by\": \"npm\"}\n");
            deployed.run();

            var plan = deployed.plan("source relay to " + deployed.of(Release.GOOD));

            assertThat(plan.exitCode()).as(plan.text()).isZero();
            assertThat(plan.words())
                    .contains("an install here rewrote package-lock.json, and nothing else");
        }
    }

    @Test
    void f24_f41_what_only_this_host_has_stays_on_its_branch_and_good_is_what_was_proven() {
        try (var deployed = new Deployed().cloned(Release.HEALTH_500).proven(Release.GOOD)) {
            Path folder = deployed.folder;
            Deployed.git(folder, "checkout", "--quiet", "-B", "main");
            deployed.write(folder.resolve("hotfix.txt"), "only here\n");
            Deployed.git(folder, "add", "--all");
            Deployed.git(folder, "commit", "--quiet", "--message", "only here");
            String local = Deployed.git(folder, "rev-parse", "HEAD");
            String good = deployed.of(Release.GOOD);
            Deployed.git(deployed.origin, "reset", "--quiet", "--hard", good);
            deployed.run().awaitAnswer();

            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            Path adopted = deployed.root.resolve("app.backout/releases/0-adopted");
            assertThat(Deployed.git(adopted, "rev-parse", "refs/heads/main")).isEqualTo(local);
            assertThat(Deployed.git(adopted, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
            assertThat(adopted.resolve("hotfix.txt")).hasContent("only here");
            assertThat(folder.resolve("hotfix.txt")).doesNotExist();
            assertThat(deployed.ledger().releases())
                    .filteredOn(one -> one.standing() == backout.plan.Release.Standing.GOOD)
                    .extracting(backout.plan.Release::id)
                    .containsExactly(good);
        }
    }
}

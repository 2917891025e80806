package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Engine;
import backout.fixture.Needs;
import backout.fixture.Registry;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The good image is in a registry and perhaps nowhere else. */
class ComposeRegistryTest {
    @BeforeEach
    void needs() {
        Needs.relay();
        Needs.registry();
    }

    @Test
    void it_is_pulled_by_digest_while_the_old_one_serves() {
        Engine engine = Engine.ofThisMachine();
        try (var registry = new Registry(engine);
                var relay = new Relay(Release.HEALTH_500).policy(1)) {
            String repository = registry.address() + "/claude-relay-service";
            relay.repositories(repository);
            Pushed good = push(registry, Release.GOOD);
            String pinned = good.name() + good.digest().substring(repository.length());
            relay.proven(good.id(), pinned, "1.1.0");
            var sight = relay.sight();

            registry.stop();
            Seat refused = relay.seat();
            int code = refused.run("run", "compose claude-relay", "--as", "anna", "--yes");
            assertThat(code).as(refused.text()).isEqualTo(1);
            assertThat(refused.words()).contains(registry.address());
            assertThat(relay.sight()).isEqualTo(sight);

            registry.start();
            Seat anna = relay.asks("compose claude-relay because 5xx");
            anna.until("bot/backout run \"approve " + anna.runId());
            assertThat(engine.attempt("image", "inspect", good.id()).ok()).isTrue();
            assertThat(relay.sight()).isEqualTo(sight);
            assertThat(relay.seat().run("run", "approve " + anna.runId(), "--as", "ben")).isZero();
            assertThat(anna.exitCode()).as(anna.text()).isZero();
            assertThat(relay.site.imageId(ComposeSite.RELAY)).isEqualTo(good.id());
            assertThat(relay.composeText()).contains("image: " + pinned + "  # the release");
            relay.assertSettled(sight.redis());

            registry.stop();
            relay.policy(0).deploy(Release.HEALTH_500);
            Seat local = relay.asks("compose claude-relay because again");
            assertThat(local.exitCode()).as(local.text()).isZero();
            assertThat(relay.site.imageId(ComposeSite.RELAY)).isEqualTo(good.id());
            relay.assertSettled(sight.redis());
            relay.site.close();
            remove(engine, repository);
        }
    }

    @Test
    void what_only_the_registry_knows_can_be_named_by_its_tag() {
        Engine engine = Engine.ofThisMachine();
        try (var registry = new Registry(engine);
                var relay = new Relay(Release.HEALTH_500)) {
            String repository = registry.address() + "/claude-relay-service";
            relay.repositories(repository);
            Pushed good = push(registry, Release.GOOD_2);
            String redis = relay.site.containerId(ComposeSite.REDIS);
            Seat anna = relay.asks("compose claude-relay to 1.2.0");
            assertThat(anna.exitCode()).as(anna.text()).isZero();
            assertThat(relay.site.imageId(ComposeSite.RELAY)).isEqualTo(good.id());
            assertThat(relay.composeText())
                    .contains(good.name() + good.digest().substring(repository.length()));
            relay.assertSettled(redis);
            relay.site.close();
            remove(engine, repository);
        }
    }

    @Test
    void a_private_release_is_had_with_the_logins_of_the_host() {
        Engine engine = Engine.ofThisMachine();
        try (var registry = Registry.ofMembers(engine);
                var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD_2)) {
            String repository = registry.address() + "/claude-relay-service";
            String own = RelayImages.shared().repository();
            relay.repositories(own, repository);
            Pushed good = push(registry, Release.GOOD);
            var sight = relay.sight();

            relay.dockerConfig(registry.login().resolveSibling("nowhere"));
            Seat stranger = relay.seat();
            String words = "compose claude-relay to " + good.name();
            assertThat(stranger.run("run", words, "--as", "anna", "--yes")).isEqualTo(1);
            assertThat(stranger.words())
                    .contains("does not let this host look")
                    .contains("docker login " + registry.address())
                    .contains("docker pull " + good.name())
                    .contains("on this machine: compose claude-relay to 1.2.0 (good)")
                    .doesNotContain("journalctl");

            relay.dockerConfig(registry.login());
            registry.stop();
            Seat early = relay.seat();
            assertThat(early.run("run", words, "--as", "anna", "--yes")).isEqualTo(1);
            assertThat(early.words())
                    .contains("the registry " + registry.address() + " is down")
                    .contains("on this machine: compose claude-relay to 1.2.0 (good)")
                    .doesNotContain("journalctl");

            registry.start();
            Seat anna = relay.asks(words);
            assertThat(anna.exitCode()).as(anna.text()).isZero();
            assertThat(anna.text()).doesNotContain("cHVsbGVyOnNlY3JldA");
            assertThat(relay.site.imageId(ComposeSite.RELAY)).isEqualTo(good.id());
            relay.assertSettled(sight.redis());
            relay.site.close();
            remove(engine, repository);
        }
    }

    private record Pushed(String name, String digest, String id) {}

    /** Into the registry, and away from this machine. */
    private static Pushed push(Registry registry, Release release) {
        Engine engine = Engine.ofThisMachine();
        try (var own = new RelayImages(engine)) {
            String id = own.idOf(release);
            String name = "claude-relay-service:" + release.version();
            String digest = registry.push(own.of(release), name);
            String full = registry.address() + "/" + name;
            engine.remove(full);
            own.close();
            assertThat(engine.attempt("image", "inspect", id).ok()).isFalse();
            return new Pushed(full, digest, id);
        }
    }

    private static void remove(Engine engine, String repository) {
        engine.docker("images", "--quiet", "--no-trunc", "--filter", "reference=" + repository)
                .lines()
                .distinct()
                .forEach(engine::remove);
    }
}

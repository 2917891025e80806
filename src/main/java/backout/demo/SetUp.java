package backout.demo;

import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Before somebody rolls back: the good release runs and is proven good, and the broken one is
 * deployed.
 */
record SetUp(Stage stage, Patience patience, Host host, Function<DemoSite, Demo.OnSite> open) {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    /**
     * @throws ProblemException when something of it does not work
     * @throws Patience.Stopped when somebody asked for the end
     */
    void of(DemoSite site) {
        stage.say(
                "",
                Phrase.of(
                        "Setting up a throw-away claude-relay, a release of it that is broken, and"
                                + " a bot, in {0}:",
                        site.root()));
        site.images()
                .ifPresent(images -> {
                    images.make(host);
                    done(
                            Phrase.of(
                                    "claude-relay {0} and {1} and Redis are made as images, nothing"
                                            + " is pulled",
                                    Images.GOOD, Images.BROKEN));
                });
        Patience.Stopped.check(stage);
        site.ways().forEach(Way::up);
        for (Way way : site.ways()) {
            until(
                    Phrase.of("{0} is healthy", way.target()),
                    () -> way.health().isWell(Images.GOOD));
            done(
                    Phrase.of(
                            "{0} runs {1}, {2}: {3}",
                            way.target(), Images.GOOD, way.says(), way.healthUrl()));
        }
        provenGood(site);
        done(Phrase.of("{0} is good: the bot saw all its checks hold", Images.GOOD));
        site.ways().forEach(Way::deployBroken);
        for (Way way : site.ways()) {
            until(Phrase.of("{0} is deployed to {1}", Images.BROKEN, way.target()), way::isBroken);
            done(
                    Phrase.of(
                            "{0} got {1}, and it is broken: {2}",
                            way.target(), Images.BROKEN, way.health().phrase()));
        }
    }

    private void until(Phrase what, BooleanSupplier isSo) {
        patience.until(what, WITHIN, isSo);
    }

    private void done(Phrase what) {
        stage.say("  ✓ ", what);
    }

    /** By the watch's own looks, only more often than each minute. */
    private void provenGood(DemoSite site) {
        try (Demo.OnSite bot = open.apply(site)) {
            until(
                    Phrase.of("the checks of {0} hold", Images.GOOD),
                    () -> site.targets().stream().filter(name -> !isGood(bot, name)).count() == 0);
        }
    }

    private static boolean isGood(Demo.OnSite bot, TargetName name) {
        bot.look(name);
        return Ledger.of(bot.journal().read(name)).releases().stream()
                .anyMatch(release -> release.standing() == Release.Standing.GOOD);
    }
}

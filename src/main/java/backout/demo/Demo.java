package backout.demo;

import backout.chat.Block;
import backout.chat.Message;
import backout.frontdesk.Bot;
import backout.host.Host;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.Outcome;
import backout.run.Run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Shows Backout on a throw-away site: a good release runs and is proven good, a broken one is
 * deployed, and then somebody rolls back. Whatever it makes is removed at the end.
 */
public final class Demo {
    private static final TargetName RELAY = new TargetName("compose", "claude-relay");
    private static final Duration WITHIN = Duration.ofMinutes(2);

    /** Commands that remove what the launcher put on this machine. */
    private static final String STAYS = "BACKOUT_DEMO_STAYS";

    /** Who is there, besides who asks. */
    public static final Phrase PEOPLE =
            Phrase.of(
                    "anna and ben are leads (L2), dora decides (L3). A rollback needs the vote of a"
                            + " lead who did not ask for it.");

    private static final int FAILED = 1;
    private static final int STOPPED = 4;

    /** A bot on the demo's site. */
    public interface OnSite extends Bot, AutoCloseable {
        /** One look of the watch: notes what runs, and finds it good when its checks have held. */
        void look(TargetName name);

        /** Returns when runs that are at work came to where they can be parked. */
        @Override
        void close();
    }

    /**
     * What the demo stands in.
     *
     * @param mayInstall whether the launcher was allowed to install what is missing
     * @param automatic whether the bot rolls back with nobody touching anything
     * @param temporary the folder to make its folder in
     * @param open opens a bot on the site, at work on open runs
     */
    public record Ground(
            Stage stage,
            boolean mayInstall,
            boolean automatic,
            Path temporary,
            Map<String, String> environment,
            InstantSource clock,
            LongSupplier nanos,
            ZoneId zone,
            Function<DemoSite, OnSite> open) {
        public Ground {
            environment = Map.copyOf(environment);
        }
    }

    private final Ground ground;
    private final Stage stage;
    private final Patience patience;
    private final Host host = Host.local();
    private final Docker docker;

    public Demo(Ground ground) {
        this.ground = ground;
        this.stage = ground.stage();
        this.patience = new Patience(stage, ground.nanos());
        this.docker = Docker.ofThisMachine(host, ground.environment());
    }

    /**
     * Plays the whole story.
     *
     * @return the exit code: 0 when the service is well again, 4 when it was stopped, else 1
     * @throws ProblemException when something is missing that it needs; nothing was done
     */
    public int script() {
        return onSite(this::play);
    }

    /**
     * Sets everything up for somebody to play with.
     *
     * @param whatNow lets people at the site; returns when they are done with it
     * @throws ProblemException when something is missing that it needs; nothing was done
     */
    public int explore(Consumer<DemoSite> whatNow) {
        return onSite(site -> {
            whatNow.accept(site);
            return 0;
        });
    }

    private int onSite(Function<DemoSite, Integer> what) {
        require();
        var remains = new Remains(docker, ground.temporary());
        removeDead(remains);
        Owner owner = Owner.self();
        var stays = ground.environment().getOrDefault(STAYS, "");
        var cleaning = new Cleaning(remains, owner.name(), stage, stays);
        int code;
        try (cleaning) {
            code = onSite(owner, what);
        }
        return cleaning.isClean() ? code : Math.max(code, FAILED);
    }

    private void require() {
        var missing = new Requirements(host, docker, ground.mayInstall()).missing();
        if (!missing.isEmpty()) {
            throw new ProblemException(missing);
        }
    }

    /** What a demo left that was killed; another that cannot be removed must not stop this one. */
    private void removeDead(Remains remains) {
        for (String name : remains.ofTheDead()) {
            try {
                stage.say(
                        "",
                        Phrase.of(
                                "An earlier demo was killed and left something. Removed: {0}.",
                                remains.remove(name)));
            } catch (ProblemException e) {
                stage.refuse(e.problems());
            }
        }
    }

    private int onSite(Owner owner, Function<DemoSite, Integer> what) {
        try {
            DemoSite site =
                    DemoSite.write(
                            docker, ground.temporary(), owner, language(), ground.automatic());
            setUp(site);
            return what.apply(site);
        } catch (ProblemException e) {
            stage.refuse(e.problems());
            return FAILED;
        } catch (Patience.Stopped _) {
            stage.say("", Phrase.of("Stopped."));
            return STOPPED;
        }
    }

    private Language language() {
        return Language.of(ground.environment(), ground.zone());
    }

    private void setUp(DemoSite site) {
        stage.say(
                "",
                Phrase.of(
                        "Setting up a throw-away claude-relay, a release of it that is broken, and"
                                + " a bot, in {0}:",
                        site.root()));
        site.makeImages(host);
        done(
                Phrase.of(
                        "claude-relay {0} and {1} and Redis are made as images, nothing is pulled",
                        DemoSite.GOOD, DemoSite.BROKEN));
        Patience.Stopped.check(stage);
        site.up();
        until(
                Phrase.of("claude-relay {0} is healthy", DemoSite.GOOD),
                () -> site.health().isWell(DemoSite.GOOD));
        done(Phrase.of("{0} runs with its Redis: {1}", DemoSite.GOOD, site.healthUrl()));
        provenGood(site);
        done(Phrase.of("{0} is good: the bot saw all its checks hold", DemoSite.GOOD));
        site.deployBroken();
        until(Phrase.of("claude-relay {0} is deployed", DemoSite.BROKEN), site::isBroken);
        done(
                Phrase.of(
                        "{0} is deployed, and it is broken: {1}",
                        DemoSite.BROKEN, site.health().phrase()));
    }

    private void until(Phrase what, java.util.function.BooleanSupplier isSo) {
        patience.until(what, WITHIN, isSo);
    }

    private void done(Phrase what) {
        stage.say("  ✓ ", what);
    }

    /** By the watch's own looks, only more often than each minute. */
    private void provenGood(DemoSite site) {
        try (OnSite bot = ground.open().apply(site)) {
            until(
                    Phrase.of("the checks of {0} hold", DemoSite.GOOD),
                    () -> {
                        bot.look(RELAY);
                        return Ledger.of(bot.journal().read(RELAY)).releases().stream()
                                .anyMatch(release -> release.standing() == Release.Standing.GOOD);
                    });
        }
    }

    private int play(DemoSite site) {
        Phrase people = Phrase.of("li is a developer (L1). {0}", PEOPLE);
        stage.show(new Message(people, List.of(new Block.Text(people))));
        Run run;
        try (OnSite bot = ground.open().apply(site)) {
            run = play(bot);
        }
        return verdict(site, run);
    }

    private Run play(OnSite bot) {
        try {
            var script = new Script(bot, stage, patience, ground.clock(), ground.zone());
            return ground.automatic() ? script.alone(() -> bot.look(RELAY)) : script.play();
        } catch (Patience.Stopped e) {
            stage.say(
                    "",
                    Phrase.of("Stopping; what the bot is at in this moment is finished first …"));
            throw e;
        }
    }

    private int verdict(DemoSite site, Run run) {
        Health health = site.health();
        boolean isProven =
                run.outcome().filter(end -> end.result() == Outcome.Result.PROVEN).isPresent();
        boolean isWell = health.isWell(DemoSite.GOOD);
        stage.say(
                "",
                Phrase.of(
                        "Asked once more, without the bot: GET {0} → {1}",
                        site.healthUrl(), health.phrase()));
        stage.say(
                "",
                isProven && isWell
                        ? Phrase.of("The service is well again.")
                        : Phrase.of(
                                "The demo failed: {0}",
                                (isProven
                                        ? Phrase.of("the bot calls it proven, and it is not well.")
                                        : Phrase.of("the rollback was not proven."))));
        return isProven && isWell ? 0 : FAILED;
    }
}

package backout.demo;

import backout.chat.Block;
import backout.chat.Message;
import backout.frontdesk.Bot;
import backout.host.Host;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Outcome;
import backout.run.Run;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Shows Backout on a throw-away site: a good release runs and is proven good, a broken one is
 * deployed, and then somebody rolls back. Whatever it makes is removed at the end.
 */
public final class Demo {

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
        var requirements = new Requirements(host, docker, ground.mayInstall());
        var source = requirements.ofSource();
        var engine = requirements.ofEngine();
        if (!source.isEmpty() && !engine.isEmpty()) {
            throw new ProblemException(
                    Stream.of(engine, source).flatMap(List::stream).distinct().toList());
        }
        Optional<Docker> here = engine.isEmpty() ? Optional.of(docker) : Optional.empty();
        var remains = new Remains(here, ground.temporary());
        removeDead(remains);
        tellWhatIsNotShown(engine, source);
        Owner owner = Owner.self();
        var stays = ground.environment().getOrDefault(STAYS, "");
        var cleaning = new Cleaning(remains, owner.name(), stage, stays);
        int code;
        try (cleaning) {
            code =
                    onSite(
                            new DemoSite.Wish(
                                    host,
                                    here,
                                    source.isEmpty(),
                                    ground.temporary(),
                                    owner,
                                    language(),
                                    ground.automatic()),
                            what);
        }
        return cleaning.isClean() ? code : Math.max(code, FAILED);
    }

    /** What is missing does not stop what can be shown without it. */
    private void tellWhatIsNotShown(List<Problem> engine, List<Problem> source) {
        if (!engine.isEmpty()) {
            stage.say(
                    "",
                    Phrase.of(
                            "Only what runs from source is shown: {0}. {1}",
                            all(engine), engine.getFirst().next()));
        }
        if (!source.isEmpty()) {
            stage.say(
                    "",
                    Phrase.of(
                            "What runs from source is not shown: {0}. {1}",
                            all(source), source.getFirst().next()));
        }
    }

    private static Phrase all(List<Problem> missing) {
        return Phrase.list(missing.stream().map(Problem::what).toList());
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

    private int onSite(DemoSite.Wish wish, Function<DemoSite, Integer> what) {
        try {
            DemoSite site = DemoSite.write(wish);
            new SetUp(stage, patience, host, ground.open()).of(site);
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

    private int play(DemoSite site) {
        Phrase people = Phrase.of("li is a developer (L1). {0}", PEOPLE);
        stage.show(new Message(people, List.of(new Block.Text(people))));
        try (OnSite bot = ground.open().apply(site)) {
            return play(bot, site.ways());
        }
    }

    private int play(OnSite bot, List<Way> ways) {
        try {
            int code = 0;
            for (Way way : ways) {
                code = Math.max(code, verdict(way, play(bot, way.target())));
                stage.say("", Phrase.NONE);
            }
            return code;
        } catch (Patience.Stopped e) {
            stage.say(
                    "",
                    Phrase.of("Stopping; what the bot is at in this moment is finished first …"));
            throw e;
        }
    }

    private Run play(OnSite bot, TargetName name) {
        var script = new Script(bot, stage, patience, ground.clock(), ground.zone());
        return ground.automatic() ? script.alone(() -> bot.look(name)) : script.play(name);
    }

    private int verdict(Way way, Run run) {
        Health health = way.health();
        boolean isProven =
                run.outcome().filter(end -> end.result() == Outcome.Result.PROVEN).isPresent();
        boolean isWell = health.isWell(Images.GOOD);
        stage.say(
                "",
                Phrase.of(
                        "Asked once more, without the bot: GET {0} → {1}",
                        way.healthUrl(), health.phrase()));
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

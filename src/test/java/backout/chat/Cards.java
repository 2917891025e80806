package backout.chat;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.language.Phrases;
import backout.plan.Checklist;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.report.Card;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.HoldEvent;
import backout.run.Next;
import backout.run.Outcome;
import backout.run.Proposal;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;
import backout.run.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The card of one rollback of a compose service in every state that it can be in, folded from its
 * events: a story told up to a point.
 */
public final class Cards {
    public static final RunId RUN = new RunId("7F3KQ");
    public static final TargetName RELAY = new TargetName("compose", "claude-relay");

    static final Instant BEGAN = Instant.parse("2026-03-02T02:14:07Z");
    private static final String HEALTH =
            "GET http://localhost:3000/health [BODY].status == healthy";
    private static final String STATE = "container [STATE] == running";
    private static final String ERRORS = "should: log \"ERROR\" [COUNT] == 0";
    private static final Duration MINUTES = Duration.ofMinutes(15);

    private final List<RunEvent> events = new ArrayList<>();
    private Instant now = BEGAN;

    private Cards() {}

    /** By the name of the state. */
    public static Map<String, Message> all() {
        var all = new LinkedHashMap<String, Message>();
        states().forEach((name, cards) -> all.put(name, cards.card()));
        return all;
    }

    /** The runs that those are the cards of. */
    public static Map<String, Run> runs() {
        var all = new LinkedHashMap<String, Run>();
        states().forEach((name, cards) -> all.put(name, Run.of(cards.events)));
        return all;
    }

    private static Map<String, Cards> states() {
        var all = new LinkedHashMap<String, Cards>();
        all.put("card-asked", asked());
        all.put("card-planned", planned());
        all.put("card-preparing", preparing());
        all.put("card-awaiting-approval", prepared());
        all.put("card-switching", switching());
        all.put("card-paused", paused());
        all.put("card-aborted", paused().aborted().ends());
        all.put("card-verifying", switched());
        all.put("card-soaking", proven());
        all.put("card-proven", proven().soaked().ends());
        all.put("card-question", question());
        all.put("card-undoing", worse());
        all.put("card-undone", undone().ends());
        all.put("card-undo-failed", undoFailed().ends());
        all.put("card-denied", prepared().denied().ends());
        all.put("card-no-plan", noPlan().ends());
        all.put("card-plan-changed", planChanged());
        all.put("card-proposed", proposed("", null));
        all.put("card-doubted", proposed("redis is down", null));
        all.put("card-countdown", proposed("", Duration.ofSeconds(60)));
        all.put("card-fix-tried", fixTried());
        all.put("card-well-again", wellAgain().ends());
        return all;
    }

    /** The people, the target and the commands of the stories. */
    public static Site site() {
        var target =
                new Target(
                        RELAY,
                        "local",
                        "production",
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        List.of(),
                        new Settings(Map.of()),
                        "config/targets.yml",
                        List.of(
                                new Checklist(
                                        "relay-basic",
                                        List.of(),
                                        List.of(
                                                "Sign in to the admin page",
                                                "A request through the relay is answered"))));
        var people = new LinkedHashMap<String, Person>();
        people.put("li", new Person("li", 1, Map.of("slack", "U01LI")));
        people.put("anna", new Person("anna", 2, Map.of("slack", "U02ANNA")));
        people.put("ben", new Person("ben", 2, Map.of("slack", "U03BEN")));
        people.put("max", new Person("max", 1, Map.of("slack", "U04MAX")));
        return new Site(
                List.of(
                        rollback(),
                        builtIn("confirm", "RUN [plan PLAN]"),
                        builtIn("approve", "RUN [plan PLAN] [because REASON...]"),
                        builtIn("deny", "RUN [because REASON...]"),
                        builtIn("cancel", "RUN [because REASON...]"),
                        builtIn("fix", "RUN"),
                        builtIn("fixed", "RUN"),
                        builtIn("snooze", "RUN"),
                        builtIn("undo", "RUN [because REASON...]"),
                        builtIn("keep", "RUN [because REASON...]"),
                        builtIn("unlock", "TARGET [because REASON...]"),
                        builtIn("plan", "COMMAND..."),
                        builtIn("help", "[COMMAND]"),
                        builtIn("verify", "TARGET"),
                        builtIn("tick", "ITEM"),
                        builtIn("suite", "TARGET"),
                        builtIn("status", "[TARGET]")),
                Map.of(RELAY, target),
                people,
                Map.of("production", policy()));
    }

    private static CommandSpec rollback() {
        return new CommandSpec(
                "compose",
                "Roll one service of a compose project back",
                Grammar.of("[TARGET] [to RELEASE] [severity p0|p1|p2] [because REASON...]"),
                "rollback",
                "compose",
                1,
                List.of(),
                List.of(),
                List.of());
    }

    private static CommandSpec builtIn(String name, String words) {
        return new CommandSpec(
                name, "Does it", Grammar.of(words), name, "", 1, List.of(), List.of(), List.of());
    }

    private static Policy policy() {
        return new Policy("production", 1, 2, MINUTES, MINUTES, MINUTES, false);
    }

    private static Cards asked() {
        var words = "compose claude-relay severity p1 because 5xx since the deploy of 02:02";
        return new Cards()
                .add(
                        new RunEvent.Requested(
                                BEGAN,
                                RUN,
                                "slack:1",
                                "li",
                                RELAY,
                                "compose",
                                words,
                                "5xx since the deploy of 02:02",
                                Map.of("severity", "p1"),
                                "slack:C0123"));
    }

    /** The bot noticed it by itself. */
    private static Cards proposed(String doubt, @Nullable Duration countdown) {
        var seen =
                new Proposal(
                        "sha256:9d3e5a7c11aa",
                        "1.1.182",
                        BEGAN.minus(Duration.ofMinutes(2)),
                        SEEN,
                        Phrase.of("{0} (seen: {1})", STATE, "restarting"),
                        List.of(
                                Phrase.verbatim("claude-relay 1.1.182 starts"),
                                Phrase.verbatim("Error: Cannot find module './routes/api'")),
                        Phrase.verbatim(doubt),
                        countdown);
        return new Cards()
                .add(
                        new RunEvent.Requested(
                                BEGAN,
                                RUN,
                                "proposal:" + RUN,
                                Proposal.NOBODY,
                                RELAY,
                                "compose",
                                "compose claude-relay",
                                "",
                                Map.of("target", "claude-relay"),
                                "",
                                "",
                                List.of(),
                                seen))
                .later(3)
                .plan();
    }

    private static Cards fixTried() {
        var cards = proposed("", Duration.ofSeconds(60)).later(20);
        Instant until = cards.now.plus(Duration.ofMinutes(5));
        return cards.add(
                new ProposalEvent.Held(cards.now, "li", ProposalEvent.Pause.FIX, until, "slack"));
    }

    private static Cards wellAgain() {
        var cards = proposed("", null).later(90);
        return cards.add(
                new ProposalEvent.Obsolete(
                        cards.now, Phrase.of("well again since {0}, nothing was done", cards.now)));
    }

    private static Cards planned() {
        return asked().later(3).plan();
    }

    private Cards plan() {
        return add(new RunEvent.Planned(now, relayPlan(), policy(), Duration.ofMinutes(10)));
    }

    private static final Instant SEEN = BEGAN.minus(Duration.ofMinutes(12));

    /** What the planner of compose makes of the relay. */
    public static Plan relayPlan() {
        return new Plan(
                RELAY,
                "compose",
                new Plan.Shown(
                        "sha256:9d3e5a7c11aa",
                        "1.1.182",
                        Phrase.of("first seen {0}, {1}", SEEN, "relay:1.1.182")),
                new Plan.Shown("sha256:0f1e2d3c4b5a", "1.1.174", Phrase.verbatim("relay:1.1.174")),
                Phrase.of(
                        "the last one whose checks held: {0}",
                        Phrase.of("ran {0}", Duration.ofDays(6))),
                List.of(
                        step(
                                "pull",
                                Phase.PREPARE,
                                Phrase.of("pull {0}, nothing else", "relay:1.1.174")),
                        step(
                                "backup",
                                Phase.PREPARE,
                                Phrase.of(
                                        "back up the compose files, env files and data folders, and"
                                                + " Redis by BGSAVE; read back and compared")),
                        step(
                                "file",
                                Phase.SWITCH,
                                Phrase.verbatim("write relay:1.1.174 into .env")),
                        step(
                                "up",
                                Phase.SWITCH,
                                Phrase.of(
                                        "replace container {0} (docker compose up -d {1}, stop"
                                                + " grace {2})",
                                        "claude-relay-relay-1", "relay", "10 s"))),
                List.of(3, 2),
                List.of(STATE, HEALTH, ERRORS),
                List.of(
                        new Plan.Fact(
                                Phrase.of("expected downtime"),
                                Phrase.of("about 0.5 s + the start of the service")),
                        new Plan.Fact(Phrase.of("not touched"), Phrase.verbatim("redis, grafana")),
                        new Plan.Fact(
                                Phrase.of("data"),
                                Phrase.of("not touched; a backup is made first"))),
                List.of(
                        Phrase.of(
                                "git knows files of this project as changed: {0}",
                                "docker-compose.yml")),
                List.of(Phrase.of("what version {0} wrote into data stays written", "1.1.182")));
    }

    private static Step step(String action, Phase phase, Phrase says) {
        return new Step(
                "compose." + action,
                RELAY,
                phase,
                "sha256:9d3e5a7c11aa",
                "sha256:0f1e2d3c4b5a",
                Map.of(),
                says);
    }

    private static Cards confirmed() {
        var cards = planned().later(20);
        return cards.add(new RunEvent.Confirmed(cards.now, "li", relayPlan().hash()));
    }

    private static Cards preparing() {
        return confirmed().step(0, Leg.FORWARD, 4, "it is there already").begins(1).later(2);
    }

    private static Cards prepared() {
        return confirmed()
                .step(0, Leg.FORWARD, 4, "it is there already")
                .step(1, Leg.FORWARD, 9, "43 MB")
                .checked(Moment.BASELINE, Finding.UNWELL, 9, "connection refused", null)
                .later(40);
    }

    private static Cards switching() {
        return approved().step(2, Leg.FORWARD, 0, "").begins(3).later(1);
    }

    private static Cards paused() {
        var cards = approved().step(2, Leg.FORWARD, 0, "").later(5);
        Instant until = cards.now.plus(Duration.ofMinutes(10));
        return cards.add(
                        new HoldEvent.Paused(
                                cards.now, "ben", until, "somebody looks at dns", "slack"))
                .later(90);
    }

    private Cards aborted() {
        var _ = add(new HoldEvent.Aborted(now, "anna", "it was dns", "slack"));
        if (!(run().next(now) instanceof Next.Undo(String by, Phrase why))) {
            throw new IllegalStateException("it is not taken back: " + run().next(now));
        }
        return add(new RunEvent.UndoDecided(now, by, why))
                .step(2, Leg.UNDO, 0, ".env is as before")
                .checked(Moment.AFTER_UNDO, Finding.UNWELL, 9, "connection refused", null)
                .settled();
    }

    private static Cards approved() {
        return prepared().approves();
    }

    private Cards approves() {
        var vote = new Vote(now, "anna", 2, true, relayPlan().hash(), "");
        return add(new RunEvent.Voted(now, vote))
                .add(new RunEvent.SwitchBegan(now, List.of("anna")));
    }

    private static Cards switched() {
        return approved().step(2, Leg.FORWARD, 0, "").step(3, Leg.FORWARD, 3, "");
    }

    private static Cards proven() {
        var cards =
                switched()
                        .checked(
                                Moment.AFTER_SWITCH,
                                Finding.WELL,
                                0,
                                "healthy",
                                Duration.ofMillis(1840));
        return cards.add(new RunEvent.Proven(cards.now, cards.now.plus(Duration.ofMinutes(10))))
                .later(65);
    }

    private Cards soaked() {
        return later(540).checked(Moment.SOAK, Finding.WELL, 0, "healthy", null).settled();
    }

    private static Cards question() {
        var cards =
                switched()
                        .checked(
                                Moment.AFTER_SWITCH,
                                Finding.UNWELL,
                                9,
                                "connection refused",
                                Duration.ofSeconds(61));
        return cards.add(
                new RunEvent.Asked(
                        cards.now,
                        Phrase.of("{0} (seen: connection refused)", HEALTH),
                        cards.now.plus(MINUTES)));
    }

    /** Better before than after, so the bot takes it back by itself. */
    private static Cards worse() {
        var cards =
                confirmed()
                        .step(0, Leg.FORWARD, 4, "it is there already")
                        .step(1, Leg.FORWARD, 9, "43 MB")
                        .checked(Moment.BASELINE, Finding.WELL, 0, "healthy", null);
        cards.approves()
                .step(2, Leg.FORWARD, 0, "")
                .step(3, Leg.FORWARD, 3, "")
                .checked(
                        Moment.AFTER_SWITCH,
                        Finding.UNWELL,
                        9,
                        "connection refused",
                        Duration.ofSeconds(61));
        return cards.add(
                        new RunEvent.UndoDecided(
                                cards.now,
                                "backout",
                                Phrase.verbatim(
                                        HEALTH
                                                + Phrase.of(
                                                        " (seen: connection refused); that is worse"
                                                                + " than before"))))
                .begins(3, Leg.UNDO)
                .later(1);
    }

    private static Cards undone() {
        return worse().does(3, Leg.UNDO, Phrase.of("1.1.182 runs again"))
                .step(2, Leg.UNDO, 0, ".env is as before")
                .checked(Moment.AFTER_UNDO, Finding.WELL, 0, "healthy", null)
                .settled();
    }

    private static Cards undoFailed() {
        var cards = worse();
        return cards.add(
                        new RunEvent.StepFailed(
                                cards.now,
                                3,
                                Leg.UNDO,
                                new Problem(
                                        Phrase.of(
                                                "docker compose ended with 1: no space left on"
                                                        + " device"),
                                        "compose/claude-relay",
                                        Phrase.of("free some disk")),
                                Phrase.of("no container runs"),
                                List.of(
                                        Phrase.verbatim(
                                                "(cd /srv/relay && docker compose up -d relay)"))))
                .settled();
    }

    private Cards denied() {
        var vote = new Vote(now, "ben", 2, false, relayPlan().hash(), "the fix is on its way");
        return add(new RunEvent.Voted(now, vote))
                .step(0, Leg.CLEAN_UP, 0, "")
                .step(1, Leg.CLEAN_UP, 0, "the backup is kept");
    }

    private static Cards noPlan() {
        var cards = asked().later(2);
        return cards.add(
                new RunEvent.PlanFailed(
                        cards.now,
                        new Problem(
                                Phrase.of("no release of it is proven good yet"),
                                "compose/claude-relay",
                                Phrase.of("name one: compose claude-relay to TAG"))));
    }

    private static Cards planChanged() {
        var cards = prepared();
        return cards.add(
                        new RunEvent.PlanChanged(
                                cards.now,
                                Phrases.of(
                                        "another image runs now: relay:1.1.183",
                                        "the files were edited: .env")))
                .later(2)
                .plan();
    }

    private Cards add(RunEvent event) {
        events.add(event);
        return this;
    }

    private Cards later(int seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    private Cards begins(int step) {
        return begins(step, Leg.FORWARD);
    }

    private Cards begins(int step, Leg leg) {
        return add(new RunEvent.StepBegan(now, step, leg));
    }

    private Cards does(int step, Leg leg, Phrase note) {
        return add(new RunEvent.StepDone(now, step, leg, note));
    }

    private Cards step(int step, Leg leg, int seconds, String note) {
        return begins(step, leg).later(seconds).does(step, leg, Phrase.verbatim(note));
    }

    private Cards checked(
            Moment moment, Finding finding, int ranks, String seen, @Nullable Duration downtime) {
        boolean well = finding == Finding.WELL;
        var rows =
                List.of(
                        row(
                                STATE,
                                well ? Phrase.of("running") : Phrase.of("restarting"),
                                finding,
                                true),
                        row(HEALTH, Phrase.verbatim(seen), finding, true),
                        row(ERRORS, well ? Phrase.of("0") : Phrase.of("118"), finding, false));
        var log =
                Phrases.of(
                        "02:14:51 INFO  starting relay",
                        "02:14:52 ERROR Cannot connect to redis:6379: ECONNREFUSED",
                        "02:14:52 ERROR giving up, exit 1");
        var evidence = new Evidence(finding, rows, ranks, log, Duration.ofSeconds(2));
        return add(new RunEvent.Checked(now, moment, evidence, downtime));
    }

    private static Evidence.Row row(String check, Phrase seen, Finding finding, boolean must) {
        return new Evidence.Row(check, seen, Phrase.NONE, finding, must, "");
    }

    private Cards settled() {
        return add(
                new RunEvent.Settled(
                        now, Phrases.of("both steps are where they should be"), List.of()));
    }

    /** With the outcome that the run itself comes to. */
    private Cards ends() {
        if (!(run().next(now) instanceof Next.Finish(Outcome outcome))) {
            throw new IllegalStateException("the story is not over: " + run().next(now));
        }
        return add(new RunEvent.Finished(now, outcome));
    }

    private Run run() {
        return Run.of(events);
    }

    private Message card() {
        return Card.of(run(), site(), now);
    }
}

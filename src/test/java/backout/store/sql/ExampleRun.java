package backout.store.sql;

import backout.approval.Policy;
import backout.approval.Vote;
import backout.language.Phrase;
import backout.language.Phrases;
import backout.plan.Plan;
import backout.plan.Readiness;
import backout.plan.Step;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.CallEvent;
import backout.run.Evidence;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.Outcome;
import backout.run.Proposal;
import backout.run.ProposalEvent;
import backout.run.Receipt;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One run in which everything happens that can happen, and its target. Stored as golden files. */
final class ExampleRun {
    private static final TargetName RELAY = TargetName.of("compose/claude-relay");
    private static final String GOOD =
            "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    private static final String BAD =
            "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private static final Plan PLAN =
            new Plan(
                    RELAY,
                    "compose",
                    new Plan.Shown(BAD, "1.1.250", Phrase.verbatim("since 2 h")),
                    new Plan.Shown(GOOD, "1.1.249", Phrase.verbatim("6 d, until 2 h ago")),
                    Phrase.verbatim("the last one whose checks held, ran 6 d"),
                    List.of(
                            new Step(
                                    "compose.backup",
                                    RELAY,
                                    Step.Phase.PREPARE,
                                    "",
                                    "",
                                    Map.of("folders", "/srv/relay/data", "to", "artifacts"),
                                    Phrase.verbatim("Back up 12 MB of data")),
                            new Step(
                                    "compose.up",
                                    RELAY,
                                    Step.Phase.SWITCH,
                                    BAD,
                                    GOOD,
                                    Map.of("service", "relay", "drain", "3s"),
                                    Phrase.verbatim("Start 1.1.249 in place of 1.1.250"))),
                    List.of(1),
                    List.of("GET http://127.0.0.1:3000/health [BODY].status == healthy within 60s"),
                    List.of(
                            new Plan.Fact(
                                    Phrase.verbatim("expected downtime"),
                                    Phrase.verbatim("about 1 s + up to 3 s drain"))),
                    Phrases.of("docker-compose.yml is not committed"),
                    Phrases.of("messages that were answered meanwhile"));

    private static final Policy POLICY =
            new Policy(
                    "production",
                    1,
                    2,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    false,
                    List.of(),
                    null,
                    List.of(),
                    "",
                    0,
                    0,
                    "");

    private static final Evidence EVIDENCE =
            new Evidence(
                    Evidence.Finding.UNWELL,
                    List.of(
                            new Evidence.Row(
                                    "health",
                                    Phrase.verbatim("503 \"naïve\" 🚑"),
                                    Phrase.verbatim("200"),
                                    Evidence.Finding.UNWELL,
                                    true,
                                    ""),
                            new Evidence.Row(
                                    "web page",
                                    Phrase.verbatim("no answer in 5 s"),
                                    Phrase.verbatim("200"),
                                    Evidence.Finding.UNKNOWN,
                                    false,
                                    "")),
                    2,
                    Phrases.of("listening on :3000", "redis: connection refused\tretrying"),
                    Duration.ofMillis(1_250));

    private static final Problem PROBLEM =
            new Problem(
                    Phrase.verbatim(
                            "docker answered nothing on unix:///var/run/docker.sock in 20 s"),
                    "compose.up",
                    Phrase.verbatim("systemctl status docker, then press Resume"));

    static final List<RunEvent> EVENTS =
            List.of(
                    new RunEvent.Requested(
                            at(0),
                            new RunId("7F3KQ"),
                            "slack:Ev0123",
                            "anna",
                            RELAY,
                            "compose",
                            "compose claude-relay because 5xx",
                            "5xx",
                            Map.of("target", "claude-relay", "because", "5xx"),
                            ""),
                    new RunEvent.Requested(
                            at(0),
                            new RunId("9DW5P"),
                            "proposal:9DW5P",
                            Proposal.NOBODY,
                            RELAY,
                            "compose",
                            "compose claude-relay",
                            "",
                            Map.of("target", "claude-relay"),
                            "",
                            "",
                            List.of(),
                            new Proposal(
                                    "sha256:9d3e5a7c11aa",
                                    "1.1.182",
                                    at(0),
                                    at(0),
                                    Phrase.verbatim("restarting"),
                                    List.of(Phrase.verbatim("it cannot start")),
                                    Phrase.NONE,
                                    Duration.ofSeconds(60))),
                    new RunEvent.PlanFailed(at(1), PROBLEM),
                    new RunEvent.Planned(at(2), PLAN, POLICY, Duration.ofMinutes(10)),
                    new RunEvent.Planned(
                            at(2),
                            PLAN,
                            POLICY,
                            Duration.ofMinutes(10),
                            Map.of(2, List.of("ben")),
                            Map.of("ben", 2)),
                    new RunEvent.Confirmed(at(3), "anna", "bb6046f4ae57"),
                    new RunEvent.Voted(at(4), new Vote(at(4), "ben", 2, true, "bb6046f4ae57", "")),
                    new RunEvent.VotesLapsed(at(4), List.of("ben")),
                    new RunEvent.Confirmed(at(4), "anna", "bb6046f4ae57", "slack", "bb6046f4ae57"),
                    new RunEvent.Voted(
                            at(4),
                            new Vote(
                                    at(4),
                                    "ben",
                                    2,
                                    true,
                                    "bb6046f4ae57",
                                    "",
                                    "slack",
                                    "bb6046f4ae57")),
                    new CallEvent.Paged(at(4), 1, List.of("ben")),
                    new CallEvent.Claimed(at(4), "ben", at(9), "slack"),
                    new CallEvent.GivenBack(at(4), "ben", "slack"),
                    new CallEvent.Nudged(at(4), "anna", 1, List.of("ben"), "slack"),
                    new ProposalEvent.Held(at(4), "ben", ProposalEvent.Pause.FIX, at(304), "slack"),
                    new ProposalEvent.Held(
                            at(5), "ben", ProposalEvent.Pause.FIXED, at(605), "slack"),
                    new ProposalEvent.LeftToPeople(at(4), Phrase.verbatim("it is locked by ben")),
                    new ProposalEvent.TakenUp(at(4), "ben", "slack"),
                    new ProposalEvent.Obsolete(at(4), Phrase.verbatim("well again")),
                    new RunEvent.StepBegan(at(5), 0, RunEvent.Leg.FORWARD),
                    new RunEvent.ReceiptKept(
                            at(6),
                            0,
                            new Receipt(Map.of("artifact", "a/7F3KQ/0", "sha256", "ab12"))),
                    new RunEvent.StepDone(
                            at(7), 0, RunEvent.Leg.FORWARD, Phrase.verbatim("12 MB in 2 s")),
                    new RunEvent.Checked(at(8), RunEvent.Moment.BASELINE, EVIDENCE, null),
                    new RunEvent.PlanChanged(at(9), Phrases.of("another container runs now")),
                    new HoldEvent.Paused(at(9), "ben", at(609), "wait for dns", "slack"),
                    new HoldEvent.Resumed(at(10), "ben", "slack"),
                    new RunEvent.SwitchBegan(at(10), List.of("ben")),
                    new RunEvent.StepFailed(
                            at(11),
                            1,
                            RunEvent.Leg.FORWARD,
                            PROBLEM,
                            Phrase.verbatim("in between: no container"),
                            List.of()),
                    new RunEvent.Checked(
                            at(12),
                            RunEvent.Moment.AFTER_SWITCH,
                            EVIDENCE,
                            Duration.ofMillis(3_400)),
                    new RunEvent.Asked(at(13), Phrase.verbatim("as ill as before"), at(3_613)),
                    new RunEvent.Answered(at(14), "anna", RunEvent.Answer.UNDO, "go back"),
                    new HoldEvent.Aborted(at(14), "anna", "it was dns", "console"),
                    new GlassBroken(
                            at(14),
                            "anna",
                            "abcdef",
                            "nobody answers",
                            2,
                            List.of("ben", "dora"),
                            "slack"),
                    new RunEvent.UndoDecided(at(15), "anna", Phrase.verbatim("go back")),
                    new RunEvent.StepDone(at(16), 1, RunEvent.Leg.UNDO, Phrase.NONE),
                    new RunEvent.BarrierRead(at(17), RELAY, EVIDENCE),
                    new RunEvent.Proven(at(17), at(617)),
                    new RunEvent.Cancelled(at(18), "anna", "it heals by itself"),
                    new RunEvent.Settled(at(19), Phrases.of("1.1.250 runs"), List.of()),
                    new RunEvent.Finished(
                            at(20),
                            new Outcome(
                                    Outcome.Result.UNDONE,
                                    Phrase.verbatim("1.1.250 runs again."),
                                    Phrase.verbatim("look at redis"))));

    static final List<TargetEvent> ABOUT =
            List.of(
                    new TargetEvent.Seen(at(0), GOOD, "relay@" + GOOD, "v1.1.249", "1.1.249"),
                    new TargetEvent.FoundGood(at(1), GOOD, "1.1.249"),
                    new TargetEvent.FilesKept(at(2), GOOD, "files/1"),
                    new TargetEvent.MarkedBad(
                            at(3), BAD, Phrase.verbatim("rolled back from: 5xx"), "anna"),
                    new TargetEvent.Locked(at(4), "anna", Phrase.verbatim("5xx"), "7F3KQ"),
                    new TargetEvent.Cleared(at(5), BAD, "ben"),
                    new TargetEvent.Unlocked(at(6), "ben", Phrase.verbatim("fixed in 1.1.251")),
                    new TargetEvent.LookedFor(at(7), GOOD, Phrase.verbatim("it is gone")),
                    new TargetEvent.Warned(at(8), Phrase.verbatim("it went forward")),
                    new TargetEvent.Felt(at(9), "sha256:0f", false),
                    new TargetEvent.Proposed(at(10), "7F3KQ"),
                    new TargetEvent.WentBack(at(11), "7F3KQ"),
                    new TargetEvent.Locked(
                            at(9), "anna", Phrase.verbatim("2.0"), "", at(3_600), "slack"),
                    new TargetEvent.Frozen(
                            at(10), "anna", Phrase.verbatim("release day"), null, 2, "slack"),
                    new TargetEvent.Reminded(at(11), Phrase.verbatim("it is still frozen")),
                    new TargetEvent.Thawed(at(12), "ben", Phrase.verbatim("over"), "console"),
                    new TargetEvent.GlassBroken(
                            at(13), "7F3KQ", RELAY, "anna", "nobody answers", 2, "slack"),
                    new TargetEvent.GlassReviewed(
                            at(14), "7F3KQ", "ben", Phrase.verbatim("it was right"), "console"),
                    new TargetEvent.Deployed(at(15), "2.1.0", "ci", "webhook:ci:812", "webhook"),
                    new TargetEvent.BannerLifted(at(16), "ben", "slack"),
                    new TargetEvent.Ticked(at(16), "Sign in to the admin page", "ben", "slack"),
                    new TargetEvent.SuiteBegan(at(16), "li", "discord"),
                    new TargetEvent.SuiteEnded(at(17), Phrase.verbatim("relay-features: well")),
                    new TargetEvent.StandbySeen(
                            at(17),
                            new Readiness(
                                    List.of(
                                            Readiness.Part.well(Phrase.verbatim("the machine")),
                                            new Readiness.Part(
                                                    Phrase.verbatim("the disk"),
                                                    Readiness.State.UNKNOWN,
                                                    Phrase.verbatim("nobody could look"))))));

    private ExampleRun() {}

    private static Instant at(long second) {
        return Instant.parse("2026-03-01T02:14:00.250Z").plusSeconds(second);
    }
}

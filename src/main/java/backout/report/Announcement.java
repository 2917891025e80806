package backout.report;

import backout.approval.Vote;
import backout.chat.Block;
import backout.chat.Block.Field;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.run.Forward;
import backout.run.GlassBroken;
import backout.run.Head;
import backout.run.Outcome;
import backout.run.Outcome.Result;
import backout.run.Proposal;
import backout.run.Run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of a run to people who did not follow it: from which release to which, by whom, why,
 * whether it is proven, and what is left to do in git.
 */
final class Announcement {
    /** Who reads it then believes that it ended just now. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final Run run;
    private final Optional<Head> sealed;

    Announcement(Run run) {
        this(run, Optional.empty());
    }

    /**
     * The same for who is a witness of where the journal stood.
     *
     * @param sealed the place in the chain of one that is over
     */
    Announcement(Run run, Optional<Head> sealed) {
        this.run = run;
        this.sealed = sealed;
    }

    /** That it is asked for, or proposed. */
    Message begun() {
        Phrase says =
                Proposal.of(run.request())
                        .filter(seen -> !seen.isAsked())
                        .map(seen ->
                                Phrase.of(
                                        "{0}. Backout proposes a rollback.",
                                        Proposed.noticed(run.request().target(), seen)))
                        .orElseGet(this::asked);
        var blocks = new ArrayList<Block>(List.of(new Block.Text(says)));
        var fields = new ArrayList<Field>();
        fields.addAll(releases());
        if (!fields.isEmpty()) {
            blocks.add(new Block.Fields(fields));
        }
        blocks.add(new Block.Small(Phrase.of("run {0}", run.id())));
        return new Message(says, blocks);
    }

    /** Whether no person asked for it. */
    boolean isProposed() {
        return Proposal.of(run.request()).isPresent();
    }

    private Phrase asked() {
        String reason = run.request().reason();
        if (Forward.is(run)) {
            return Phrase.of(
                    "{0}: {1} asks to go forward again, because {2}.",
                    Say.about(run), run.requester(), reason);
        }
        return reason.isEmpty()
                ? Phrase.of("{0}: {1} asks for a rollback.", Say.about(run), run.requester())
                : Phrase.of(
                        "{0}: {1} asks for a rollback, because {2}.",
                        Say.about(run), run.requester(), reason);
    }

    /** How it ended. */
    Message ended(Outcome outcome, Instant now) {
        Phrase says = said(outcome);
        var blocks = new ArrayList<Block>(List.of(new Block.Text(says)));
        List<Field> fields = fields(outcome);
        if (!fields.isEmpty()) {
            blocks.add(new Block.Fields(fields));
        }
        if (!outcome.next().isEmpty()) {
            blocks.add(new Block.Text(Phrase.of("Next: {0}", outcome.next())));
        }
        blocks.addAll(Ending.byHand(outcome.byHand()));
        Instant ended = run.events().getLast().at();
        boolean late = ended.plus(LATE).isBefore(now);
        blocks.add(
                new Block.Small(
                        late
                                ? Phrase.of("run {0}, ended {1}", run.id(), ended)
                                : Phrase.of("run {0}", run.id())));
        sealed.map(Card::audit).map(Block.Small::new).ifPresent(blocks::add);
        return new Message(says, blocks);
    }

    private Phrase said(Outcome outcome) {
        Phrase what = isLastStable(outcome) ? lastStable() : outcome.says();
        Phrase reason = why();
        return reason.isEmpty()
                ? Phrase.of("{0}: {1} Asked by {2}.", Say.about(run), what, run.requester())
                : Phrase.of(
                        "{0}: {1} Asked by {2}, because {3}.",
                        Say.about(run), what, run.requester(), reason);
    }

    /** As they said it, or what the bot saw. */
    private Phrase why() {
        String reason = run.request().reason();
        return reason.isEmpty()
                ? Proposal.of(run.request()).map(seen -> Say.check(seen.what())).orElse(Phrase.NONE)
                : Phrase.verbatim(reason);
    }

    private Phrase lastStable() {
        return Phrase.of(
                "Emergency rollback to the last stable version ({0}), please check that it works.",
                run.plan().to().name());
    }

    /** A person may name any release: that one is not the last stable one, or not for sure. */
    private boolean isLastStable(Outcome outcome) {
        return outcome.result() == Result.PROVEN
                && run.planned().isPresent()
                && !run.plan().keepsRelease()
                && run.request().values().getOrDefault("release", "").isEmpty();
    }

    private List<Field> fields(Outcome outcome) {
        var fields = new ArrayList<>(releases());
        if (isLastStable(outcome)) {
            fields.add(new Field(Phrase.of("result"), outcome.says()));
        }
        List<Phrase> hooks = HookFailures.of(run);
        if (!hooks.isEmpty()) {
            fields.add(new Field(Phrase.of("did not work"), Phrase.joined("; ", hooks)));
        }
        List<String> approved = approvedBy();
        if (!approved.isEmpty()) {
            fields.add(new Field(Phrase.of("approved by"), Phrase.list(approved)));
        }
        Unvoted.field(run).ifPresent(fields::add);
        return fields;
    }

    private List<Field> releases() {
        return run.planned()
                .map(planned -> planned.plan())
                .map(plan ->
                        List.of(
                                new Field(
                                        Phrase.of("release"),
                                        Phrase.of(
                                                "{0} → {1}",
                                                plan.from().name(), plan.to().name()))))
                .orElse(List.of());
    }

    private List<String> approvedBy() {
        return run.votes().stream().filter(Vote::yes).map(Vote::by).distinct().toList();
    }

    /** The same for a program. */
    Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("asked-by", run.requester());
        facts.put("proposed", isProposed() ? "yes" : "no");
        facts.put("reason", why().toString());
        run.planned().ifPresent(planned -> put(planned.plan(), facts));
        facts.put("approved-by", String.join(", ", approvedBy()));
        facts.put("break-glass", GlassBroken.of(run).map(GlassBroken::by).orElse(""));
        run.outcome()
                .ifPresent(outcome -> {
                    facts.put("result", word(outcome));
                    facts.put("proven", outcome.result() == Result.PROVEN ? "yes" : "no");
                });
        facts.put("audit", sealed.map(Head::text).orElse(""));
        return facts;
    }

    private static void put(Plan plan, Map<String, String> facts) {
        facts.put("from", plan.from().name().toString());
        facts.put("to", plan.to().name().toString());
    }

    private static String word(Outcome outcome) {
        return outcome.result().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

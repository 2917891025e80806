package backout.cli;

import backout.chat.console.TextScreen;
import backout.frontdesk.RunFilter;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;
import backout.run.Head;
import backout.serve.ProcessContext;
import backout.store.sql.Audit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What an auditor asks of the journal, also while others write to it; changes nothing. */
public final class AuditVerbs {
    private static final int WHOLE = 0;
    private static final int DAMAGED = 1;
    private static final int COULD_NOT_TELL = 4;

    private final Path store;
    private final ProcessContext context;
    private final TextScreen out;
    private final TextScreen err;

    public AuditVerbs(Path store, ProcessContext context, TextScreen out, TextScreen err) {
        this.store = store;
        this.context = context;
        this.out = out;
        this.err = err;
    }

    /** Says whether the journal is as it was written; the exit code. */
    public int verify(List<String> typed) {
        List<Head> heads = typed.stream().map(AuditVerbs::head).toList();
        return code(() -> Audit.verify(store, heads), found -> whole(found, heads.size()), out);
    }

    private static Head head(String typed) {
        return Head.of(typed)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("\"{0}\" is no head of a chain", Shown.of(typed)),
                                Phrase.of(
                                        "Write it as a final card says it after \"audit\": {0}"
                                                + " 412:9f3ab2c7d1e4a0b7",
                                        AuditUsage.HEAD)));
    }

    /** Prints the lines and nothing else; the exit code. */
    public int export(String since) {
        Optional<Instant> from = RunFilter.since(since, context.clock().instant(), context.zone());
        return code(
                () -> Audit.export(store, from, line -> context.out().print(line + "\n")),
                _ -> {},
                err);
    }

    private interface Whole {
        void say(Audit.Verdict verdict);
    }

    private int code(Supplier<Audit.Verdict> reading, Whole whole, TextScreen damage) {
        Audit.Verdict verdict;
        try {
            verdict = reading.get();
        } catch (ProblemException e) {
            err.refuse(e.problems());
            return COULD_NOT_TELL;
        }
        if (verdict.isWhole()) {
            whole.say(verdict);
            return WHOLE;
        }
        damaged(verdict, damage);
        return DAMAGED;
    }

    private void whole(Audit.Verdict verdict, int heads) {
        Head head = verdict.head();
        out.say(
                "",
                Phrase.of(
                        "The journal in {0} is as it was written: {1} in the chain, which began at"
                                + " {2}; its head is {3}.",
                        store,
                        Phrase.count(head.number(), "{0} event", "{0} events"),
                        verdict.began(),
                        head.text()));
        if (verdict.ofRuns() + verdict.ofTargets() > 0) {
            out.say(
                    "",
                    Phrase.of(
                            "Before it were {0} events of runs and {1} of targets; they are as they"
                                    + " were then.",
                            verdict.ofRuns(), verdict.ofTargets()));
        }
        out.say(
                "",
                heads == 0
                        ? Phrase.of(
                                "Whether its end was cut off or all of it made anew, only a head"
                                        + " that was posted can tell: say {0} with what the newest"
                                        + " final card in your chats says after \"audit\".",
                                AuditUsage.HEAD)
                        : Phrase.count(
                                heads,
                                "The head that was posted is in it.",
                                "The {0} heads that were posted are in it."));
    }

    private void damaged(Audit.Verdict verdict, TextScreen to) {
        to.say("", Phrase.of("The journal in {0} is NOT as it was written.", store));
        verdict.wrong().forEach(line -> to.say("! ", line));
        if (verdict.more() > 0) {
            to.say("", Phrase.count(verdict.more(), "and {0} more", "and {0} more"));
        }
        to.say(
                Phrase.of("Next: "),
                Phrase.of(
                        "Keep this state folder as it is, as evidence: cp -a {0} COPY. Compare with"
                            + " the final cards in your chats and with the last copy of bot/backout"
                            + " backup; whoever can write to that folder could have done it. The"
                            + " bot goes on: rollbacks do not depend on it.",
                        store));
    }
}

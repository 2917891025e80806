package backout.cli;

import backout.chat.console.TextScreen;
import backout.config.SiteLoader;
import backout.frontdesk.Standing;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.TargetLock;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.serve.ProcessContext;
import backout.store.sql.SqlStore;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Tells a pipeline whether a target may be deployed to now. */
public final class LockedVerb {
    /** Apart from all that goes wrong, so that a broken call is never taken for an answer. */
    static final int LOCKED = 5;

    private static final int FREE = 0;
    private static final int COULD_NOT_TELL = 4;
    private static final JsonMapper JSON = new JsonMapper();

    private final ProcessContext context;
    private final TextScreen out;
    private final TextScreen err;

    public LockedVerb(ProcessContext context, TextScreen out, TextScreen err) {
        this.context = context;
        this.out = out;
        this.err = err;
    }

    /**
     * @return 0 when it is free, 5 when it is locked or frozen, 4 when nobody could look
     * @throws ProblemException when there is no such target
     */
    public int look(SiteLoader.Loaded loaded, Verb.Locked verb) {
        TargetName target = Standing.named(loaded.site(), verb.target());
        Standing standing;
        try {
            standing = standing(loaded.bot().store(), target);
        } catch (ProblemException e) {
            err.refuse(e.problems());
            return COULD_NOT_TELL;
        }
        if (verb.json()) {
            context.out().println(line(standing));
        } else {
            say(standing);
        }
        return standing.isFree() ? FREE : LOCKED;
    }

    /** A store that is made for the question would say that everything is free. */
    private Standing standing(Path folder, TargetName target) {
        if (!Files.exists(folder.resolve(SqlStore.FILE))) {
            throw Problem.stop(
                    Phrase.of("there is no journal in {0}, so nobody knows", folder),
                    Phrase.of(
                            "ask where bot/backout serve runs, with its configuration: --config"
                                    + " DIR"));
        }
        try (SqlStore store = SqlStore.open(folder, context.clock())) {
            return Standing.of(target, store.journal(), context.clock().instant());
        }
    }

    private void say(Standing standing) {
        if (standing.isFree()) {
            out.say("", Phrase.of("{0} is free", standing.target()));
        }
        standing.lock()
                .map(lock ->
                        Phrase.of(
                                "{0} is locked since {1} by {2}: {3}",
                                standing.target(), lock.since(), lock.by(), lock.why()))
                .ifPresent(line -> out.say("", line));
        standing.freeze().ifPresent(freeze -> out.say("", freeze.says()));
    }

    private static String line(Standing standing) {
        ObjectNode line =
                JSON.createObjectNode()
                        .put("target", standing.target().toString())
                        .put("free", standing.isFree());
        line.putNull("locked").putNull("frozen");
        standing.lock().ifPresent(lock -> put(line.putObject("locked"), lock));
        standing.freeze().ifPresent(freeze -> put(line.putObject("frozen"), freeze));
        return line.toString();
    }

    private static void put(ObjectNode field, TargetLock lock) {
        field.put("by", lock.by())
                .put("since", lock.since().toString())
                .put("until", text(lock.until()))
                .put("why", lock.why().toString())
                .put("run", lock.isOfRun() ? lock.run() : null);
    }

    private static void put(ObjectNode field, Freeze freeze) {
        field.put("by", freeze.by())
                .put("since", freeze.since().toString())
                .put("until", text(freeze.until()))
                .put("why", freeze.why().toString())
                .put("site", freeze.isOfSite());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}

package backout.frontdesk;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Run;
import backout.run.RunId;

import java.time.InstantSource;
import java.util.Optional;

/** A whole bot, as its faces use it. */
public interface Bot {
    /** As it is now: who is no longer in it has no session any more. */
    Site site();

    Journal journal();

    InstantSource clock();

    /** Hands what somebody says to the front desk, and drives the run that it is about. */
    Reply take(ChatRequest request);

    /** The open run that has a target: no other is begun there. */
    default Optional<Run> holder(TargetName target) {
        return journal().open().stream()
                .map(id -> Run.of(journal().read(id)))
                .filter(run -> run.request().isAbout(target))
                .findFirst();
    }

    /** What the step of a run says that this process is at work on. */
    default Optional<LiveProgress.Word> word(RunId id) {
        return Optional.empty();
    }

    /** Why this process does not go on with a run; empty while it does. */
    Optional<Phrase> halted(RunId id);
}

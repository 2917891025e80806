package backout.demo;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.RunId;

import java.util.Optional;

/** A whole bot on the demo's site, as every face uses it. */
public interface Bot extends AutoCloseable {
    Site site();

    Journal journal();

    /** Takes what somebody says and drives the run that it is about. */
    Reply take(ChatRequest request);

    /** Why a run does not go on; empty while it does. */
    Optional<Phrase> halted(RunId id);

    /** One look of the watch: notes what runs, and finds it good when its checks have held. */
    void look(TargetName name);

    /** Returns when runs that are at work came to where they can be parked. */
    @Override
    void close();
}

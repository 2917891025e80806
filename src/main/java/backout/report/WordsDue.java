package backout.report;

import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Run;
import backout.run.RunId;

import java.util.Set;
import java.util.stream.Stream;

/** The cards of one chat whose runs have a step at work that says how far it is. */
record WordsDue(String chat, Posts posts, Journal journal, LiveProgress live) {
    /** Those that show all that the journal has; while no step says anything it costs nothing. */
    Stream<Due> cards() {
        Set<RunId> saying = live.saying();
        return saying.isEmpty()
                ? Stream.empty()
                : posts.open(chat).stream()
                        .filter(post -> post.kind().isCard() && post.address().isPresent())
                        .filter(post -> saying.contains(post.run()))
                        .map(post -> new Due(post, Run.of(journal.read(post.run()))))
                        .filter(due -> due.post().shown() == due.run().version());
    }
}

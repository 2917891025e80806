package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Script;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;

/**
 * A zone whose records can only be changed one after the other. What was changed before a refusal
 * is changed back; where no answer came it is left as it is, in the middle, and can be gone on with
 * or taken back.
 *
 * @param leastTtl in seconds
 */
public record OneByOne(Api api, long leastTtl) implements Provider {
    /** Whoever keeps it. All of these throw as {@link Provider} does. */
    interface Api {
        Vendor vendor();

        /** All records of the zone. */
        List<Kept> all();

        /**
         * @return its id
         */
        String add(Edit.Wanted wanted);

        void update(Kept old, Edit.Wanted wanted);

        void delete(Kept old);

        /** Whether names without a record lead to it. */
        default boolean leadsByItself() {
            return false;
        }
    }

    @Override
    public Records read(List<String> names) {
        return Kept.records(api.all(), names);
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(Kept.sets(api.all()));
    }

    /** Nothing can be tried there without being done. */
    @Override
    public void rehearse(Records before, Records after) {
        Kept.requireUnchanged(api.all(), before, before.names(after));
    }

    @Override
    public void change(Records before, Records after, Runnable going) {
        List<Kept> all = api.all();
        Kept.requireUnchanged(all, before, before.names(after));
        var undo = new ArrayDeque<Runnable>();
        List<Edit> edits = Edit.of(all, before, after);
        for (Edit edit : edits) {
            requireTime(going, edits, undo.size());
            try {
                undo.push(done(edit));
            } catch (ProblemException e) {
                throw e.isUnseen() ? e : takenBack(undo, e);
            }
        }
    }

    /** Taking back would need time too: what is in the middle is gone on with. */
    private static void requireTime(Runnable going, List<Edit> edits, int done) {
        try {
            going.run();
        } catch (ProblemException e) {
            throw done == 0 ? e : inTheMiddle(edits, done, e.problem());
        }
    }

    private static ProblemException inTheMiddle(List<Edit> edits, int done, Problem why) {
        return ProblemException.unseen(
                Problem.of(
                        Phrase.of(
                                "{0}. Changed: {1}. Not changed: {2}",
                                why.what(),
                                shown(edits.subList(0, done)),
                                shown(edits.subList(done, edits.size()))),
                        Phrase.of(
                                "undo takes back what was changed; to go on, keep it and ask for"
                                        + " the same again")));
    }

    private static Phrase shown(List<Edit> edits) {
        return Phrase.joined("; ", edits.stream().map(Edit::says).toList());
    }

    /** Some keep a time with each record: then the sets alone do not tell. */
    @Override
    public boolean keeps(Records wanted) {
        return Edit.of(api.all(), wanted, wanted).isEmpty();
    }

    /**
     * @return what takes it back
     */
    private Runnable done(Edit edit) {
        if (edit.wanted().isEmpty()) {
            Kept gone = edit.old().orElseThrow();
            api.delete(gone);
            return () -> api.add(wanted(gone));
        }
        Edit.Wanted wanted = edit.wanted().get();
        if (edit.old().isEmpty()) {
            String id = api.add(wanted);
            return () -> api.delete(kept(id, wanted));
        }
        Kept old = edit.old().get();
        api.update(old, wanted);
        return () -> api.update(kept(old.id(), wanted), wanted(old));
    }

    private static Edit.Wanted wanted(Kept kept) {
        var set =
                new RecordSet(
                        kept.name(),
                        kept.type(),
                        kept.ttl(),
                        List.of(kept.value()),
                        kept.proxied());
        return new Edit.Wanted(set, kept.value());
    }

    private static Kept kept(String id, Edit.Wanted wanted) {
        RecordSet set = wanted.set();
        return new Kept(id, set.name(), set.type(), set.ttl(), wanted.value(), set.proxied(), "");
    }

    private ProblemException takenBack(ArrayDeque<Runnable> undo, ProblemException refusal) {
        try {
            undo.forEach(Runnable::run);
        } catch (ProblemException e) {
            var problem =
                    Problem.of(
                            Phrase.of(
                                    "{0}; what had been changed before could not be changed back:"
                                            + " {1}",
                                    refusal.problem().phrase(), e.problem().phrase()),
                            api.vendor().look());
            return e.isUnseen() ? ProblemException.unseen(problem) : new ProblemException(problem);
        }
        return refusal;
    }

    @Override
    public boolean changesAtOnce() {
        return false;
    }

    @Override
    public boolean leadsByItself() {
        return api.leadsByItself();
    }

    @Override
    public Script script(Records before, Records after) {
        throw api.vendor().noScript();
    }
}

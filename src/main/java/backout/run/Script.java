package backout.run;

import backout.language.Phrase;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a person types where Backout is dead, as lines of a POSIX shell. They stop at the first that
 * does not work; {@code stop WHAT} ends them where something is not as they expect it.
 *
 * @param needs what must be there before anything is changed
 * @param forth what moves
 * @param back what takes the move back
 * @param notes what whoever runs them should know
 */
public record Script(
        List<String> needs, List<String> forth, List<String> back, List<Phrase> notes) {
    public static final Script NOTHING = new Script(List.of(), List.of(), List.of());

    public Script {
        needs = List.copyOf(needs);
        forth = List.copyOf(forth);
        back = List.copyOf(back);
        notes = List.copyOf(notes);
    }

    public Script(List<String> needs, List<String> forth, List<String> back) {
        this(needs, forth, back, List.of());
    }

    /** The same with something that whoever runs it should know. */
    public Script noting(Phrase note) {
        return new Script(needs, forth, back, both(notes, List.of(note)));
    }

    /** This one and then the other, on the way back too: a file before what is made from it. */
    public Script then(Script other) {
        return new Script(
                both(needs, other.needs),
                both(forth, other.forth),
                both(back, other.back),
                both(notes, other.notes));
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}

package backout.frontdesk;

import backout.language.Phrase;

import java.util.List;
import java.util.function.Consumer;

/** Looks whether everything works that a rollback needs; posts nothing and writes to nobody. */
public interface Doctor {
    /**
     * What was found of one thing.
     *
     * @param of a target's or a chat's name
     */
    record Part(Phrase of, List<Diagnosis> found) {
        public Part {
            found = List.copyOf(found);
        }
    }

    /**
     * Takes seconds, and minutes where something does not answer.
     *
     * @param tell is given each part as soon as it is known
     */
    void examine(Consumer<Part> tell);
}

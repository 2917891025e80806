package backout.calendar;

import backout.approval.Person;
import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The people of one level, as titles and attendees of a calendar name them. */
record Roster(int level, List<Person> people) {
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:[,;/&+]| and )\\s*");

    Roster {
        people = List.copyOf(people);
    }

    /**
     * Whom an entry names.
     *
     * @param trouble why somebody whom it names cannot be called
     */
    record Who(List<String> people, Optional<Phrase> trouble) {}

    /** Everybody of the level itself. */
    List<String> all() {
        return people.stream().filter(person -> person.level() == level).map(Person::name).toList();
    }

    /**
     * By the title where it names people, {@code On call: li, ben}; else by who is invited.
     *
     * @param mails of those who are invited and did not decline
     */
    Who named(String title, List<String> mails) {
        List<String> words =
                BETWEEN.splitAsStream(title.substring(title.lastIndexOf(':') + 1).strip()).toList();
        boolean byTitle = words.stream().anyMatch(word -> person(word).isPresent());
        return who(byTitle || mails.isEmpty() ? words : mails);
    }

    private Who who(List<String> words) {
        var names = new LinkedHashSet<String>();
        var troubles = new ArrayList<Phrase>();
        for (String word : words) {
            Optional<Person> person = person(word);
            if (person.isEmpty()) {
                troubles.add(nobody(word));
            } else if (person.get().level() < level) {
                troubles.add(Phrase.of("names {0}, who is L{1}", word, person.get().level()));
            } else {
                names.add(person.get().name());
            }
        }
        return new Who(List.copyOf(names), troubles.stream().findFirst());
    }

    private Phrase nobody(String word) {
        String shown = Shown.of(word);
        return Nearest.to(word, people.stream().map(Person::name).toList())
                .map(near ->
                        Phrase.of(
                                "names \"{0}\", who is nobody here; perhaps {1} is meant",
                                shown, near))
                .orElseGet(() -> Phrase.of("names \"{0}\", who is nobody here", shown));
    }

    private Optional<Person> person(String word) {
        return people.stream()
                .filter(person ->
                        person.name().equalsIgnoreCase(word)
                                || (!word.isBlank()
                                        && person.contact().mail().equalsIgnoreCase(word)))
                .findFirst();
    }
}

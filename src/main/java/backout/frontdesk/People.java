package backout.frontdesk;

import backout.approval.Person;
import backout.chat.PlainText;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Room;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is who in a chat: its accounts of {@code config/people.yml}.
 *
 * @param chat as in {@link backout.chat.Place#chat}: {@code slack}
 * @param called what people call it: {@code Slack}
 */
public record People(Site site, String chat, String called) {
    private static final int LONGEST_ID = 40;

    /**
     * @param user the chat's own id
     * @throws ProblemException when nobody has that account, or more than one has
     */
    public String person(String user) {
        List<String> names = names(user).toList();
        if (names.size() == 1) {
            return names.getFirst();
        }
        String shown = PlainText.brief(PlainText.line(user), LONGEST_ID);
        throw new ProblemException(
                names.isEmpty()
                        ? new Problem(
                                Phrase.of(
                                        "your {0} user id {1} belongs to nobody here",
                                        called, shown),
                                file(),
                                Phrase.of(
                                        "have somebody add below your name: accounts: {{0}: {1}}",
                                        chat, shown))
                        : new Problem(
                                Phrase.of(
                                        "your {0} user id {1} belongs to several people: {2}",
                                        called, shown, Phrase.list(names)),
                                file(),
                                Phrase.of("give it to one of them")));
    }

    /** Whether exactly one person has that account: names of targets are for those who may look. */
    public boolean isKnown(String user) {
        return names(user).count() == 1;
    }

    /** What somebody is called here; their id where they are nobody of ours. */
    public String name(String user) {
        return names(user).findFirst().orElse(user);
    }

    private Stream<String> names(String user) {
        return site.people().values().stream()
                .filter(person -> user.equals(person.accounts().get(chat)))
                .map(Person::name);
    }

    /** Empty where that person has no account in this chat. */
    public Optional<String> user(String person) {
        return Optional.ofNullable(site.people().get(person))
                .map(known -> known.accounts().get(chat));
    }

    /**
     * The user to write to.
     *
     * @throws Room.Refused where that person has no account in this chat
     */
    public String addressee(String person) throws Room.Refused {
        return user(person)
                .orElseThrow(() ->
                        new Room.Refused(
                                new Problem(
                                        Phrase.of("{0} has no account in {1}", person, called),
                                        file(),
                                        Phrase.of(
                                                "add below that name: accounts: {{0}: USER-ID}",
                                                chat))));
    }

    /** Where that is mended. */
    public String file() {
        return site.file("people.yml");
    }
}

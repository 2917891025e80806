package backout.chat.slack;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.Optional;

/** Who is who: the {@code slack} accounts of {@code config/people.yml}. */
final class SlackPeople {
    static final String CHAT = "slack";

    private final Site site;

    SlackPeople(Site site) {
        this.site = site;
    }

    /**
     * @throws ProblemException when nobody has that account, or more than one has
     */
    String person(String user) {
        List<String> names =
                site.people().values().stream()
                        .filter(person -> user.equals(person.accounts().get(CHAT)))
                        .map(Person::name)
                        .toList();
        if (names.size() == 1) {
            return names.getFirst();
        }
        String shown = SlackText.brief(SlackText.line(user), 40);
        throw new ProblemException(
                names.isEmpty()
                        ? new Problem(
                                Phrase.of("your Slack user id {0} belongs to nobody here", shown),
                                file(),
                                Phrase.of(
                                        "have somebody add below your name: accounts: {slack: {0}}",
                                        shown))
                        : new Problem(
                                Phrase.of(
                                        "your Slack user id {0} belongs to several people: {1}",
                                        shown, Phrase.list(names)),
                                file(),
                                Phrase.of("give it to one of them")));
    }

    /** What somebody is called here; their id where they are nobody of ours. */
    String name(String user) {
        return site.people().values().stream()
                .filter(person -> user.equals(person.accounts().get(CHAT)))
                .map(Person::name)
                .findFirst()
                .orElse(user);
    }

    /** Empty where that person has no account in Slack. */
    Optional<String> user(String person) {
        return Optional.ofNullable(site.people().get(person))
                .map(known -> known.accounts().get(CHAT));
    }

    /** Where that is mended. */
    String file() {
        return site.file("people.yml");
    }
}

package backout.chat.slack;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Message;
import backout.command.Site;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who is who: the {@code slack} accounts of {@code config/people.yml}. */
final class SlackPeople {
    static final String CHAT = "slack";
    private static final String FILE = "config/people.yml";

    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,40}");

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
                                "your Slack user id " + shown + " belongs to nobody here",
                                FILE,
                                "have somebody add below your name: accounts: {slack: "
                                        + shown
                                        + "}")
                        : new Problem(
                                "your Slack user id "
                                        + shown
                                        + " belongs to several people: "
                                        + String.join(", ", names),
                                FILE,
                                "give it to one of them"));
    }

    /** What somebody is called here; their id where they are nobody of ours. */
    String name(String user) {
        return site.people().values().stream()
                .filter(person -> user.equals(person.accounts().get(CHAT)))
                .map(Person::name)
                .findFirst()
                .orElse(user);
    }

    /** Whether this is a user id of Slack; a name of {@code config/people.yml} is in lower case. */
    static boolean isUser(String text) {
        return USER.matcher(text).matches();
    }

    /** The same message, with whom it calls by their ids of Slack where they have one. */
    Message addressed(Message message) {
        return new Message(
                message.summary(), message.blocks().stream().map(this::addressed).toList());
    }

    private Block addressed(Block block) {
        return block instanceof Block.Call(List<String> names, String says)
                ? new Block.Call(
                        names.stream().map(name -> user(name).orElse(name)).toList(), says)
                : block;
    }

    /** Empty where that person has no account in Slack. */
    Optional<String> user(String person) {
        return Optional.ofNullable(site.people().get(person))
                .map(known -> known.accounts().get(CHAT));
    }
}

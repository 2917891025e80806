package backout.config;

import backout.approval.Contact;
import backout.approval.Person;
import backout.frontdesk.ChatKeys;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Settings;
import backout.plan.TargetName;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code config/people.yml} */
final class PeopleFile {
    private static final String OWN_NAME = "backout";

    private PeopleFile() {}

    static Names<Person> read(Path file, List<ChatKeys> chats, Problems problems) {
        var sections = new SectionReader(problems);
        List<Setting> keys = Keys.person(chats);
        Names<Person> people =
                new NamedSections(file, Set.of(OnCallFile.TOP), problems)
                        .read(
                                "people",
                                TargetName::isWord,
                                Phrase.of("a lower-case word, such as anna"),
                                (name, yaml) ->
                                        sections.read(yaml, keys)
                                                .map(settings -> person(name, settings)));
        if (people.given().isEmpty() && problems.noneIn(file.toString())) {
            problems.add(
                    Place.of(file.toString()),
                    Phrase.of("names nobody"),
                    Phrase.of("Add yourself below people:"));
        }
        refuseSharedAccounts(people, problems);
        refuseOwnName(people, problems);
        refuseReached(people, problems);
        return people;
    }

    private static Person person(String name, Settings settings) {
        Map<String, String> accounts = new HashMap<>();
        settings.below(Keys.ACCOUNTS)
                .values()
                .forEach((chat, id) -> accounts.put(chat, id.toString()));
        var contact =
                new Contact(
                        settings.textIfAny("role").orElse(""),
                        settings.textIfAny("phone").orElse(""),
                        settings.textIfAny("mail").orElse(""),
                        settings.texts(Keys.PAGER));
        String webhook = settings.textIfAny(Keys.WEBHOOK).orElse("");
        return new Person(name, Keys.level(settings.text("level")), accounts, contact, webhook);
    }

    /** One human with two names would have two votes. */
    private static void refuseSharedAccounts(Names<Person> people, Problems problems) {
        Map<String, String> owners = new HashMap<>();
        people.read()
                .forEach((name, found) ->
                        found.value()
                                .accounts()
                                .forEach((chat, id) ->
                                        Optional.ofNullable(
                                                        owners.putIfAbsent(chat + " " + id, name))
                                                .ifPresent(other ->
                                                        tell(found, chat, other, problems))));
    }

    /** What the bot begins by itself is asked by its own name: nobody may approve as that one. */
    private static void refuseOwnName(Names<Person> people, Problems problems) {
        Optional.ofNullable(people.read().get(OWN_NAME))
                .ifPresent(found ->
                        problems.add(
                                found.section().place(),
                                Phrase.of("is the name of the bot itself"),
                                Phrase.of("Call this person otherwise")));
    }

    /** What signs in two ways could vote in one of them. */
    private static void refuseReached(Names<Person> people, Problems problems) {
        people.read().values().stream()
                .filter(found -> found.value().isProgram())
                .filter(found ->
                        !found.value().accounts().isEmpty()
                                || !found.value().contact().pagers().isEmpty())
                .forEach(found ->
                        problems.add(
                                found.place(Keys.WEBHOOK),
                                Phrase.of("a program is in no chat and is not called"),
                                Phrase.of("leave out its accounts and pager, or the webhook")));
    }

    private static void tell(
            Names.Found<Person> found, String chat, String other, Problems problems) {
        problems.add(
                found.place("accounts").child(chat, found.place("accounts").line()),
                Phrase.of("is the account of {0} as well", other),
                Phrase.of("Give each person their own: a person has one vote"));
    }
}

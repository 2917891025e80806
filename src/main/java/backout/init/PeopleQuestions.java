package backout.init;

import backout.language.Phrase;
import backout.plan.TargetName;

import java.util.ArrayList;
import java.util.List;

/** Asks who may do what, and makes a policy that these people can fulfil. */
final class PeopleQuestions {
    private final Dialog dialog;
    private final Rules rules;

    PeopleQuestions(Dialog dialog, Rules rules) {
        this.dialog = dialog;
        this.rules = rules;
    }

    /**
     * @param user who is asked: the first guess
     */
    List<Drafts.Person> ask(String user) {
        dialog.say(
                Phrase.of(
                        "People have levels: 0 may only look, 1 developer (asks), 2 lead"
                                + " (approves), 3 decides."));
        var people = new ArrayList<Drafts.Person>();
        people.add(person(name(Phrase.of("Who are you?"), Drafts.word(user, "me"), people), 3));
        for (String name = name(Phrase.of("Who else? Nothing ends the list"), "", people);
                !name.isEmpty();
                name = name(Phrase.of("Who else? Nothing ends the list"), "", people)) {
            people.add(person(name, 1));
        }
        while (people.stream().allMatch(one -> one.level() < rules.highestLevel())) {
            dialog.say(
                    Phrase.of(
                            "Somebody must be at least {0}: commands ask for it.",
                            rules.highestLevel()));
            people.set(0, person(people.getFirst().name(), rules.highestLevel()));
        }
        return people;
    }

    private String name(Phrase question, String guess, List<Drafts.Person> known) {
        while (true) {
            String name = dialog.ask(question, guess);
            boolean isNew = known.stream().noneMatch(one -> one.name().equals(name));
            if ((TargetName.isWord(name) && isNew) || (name.isEmpty() && !known.isEmpty())) {
                return name;
            }
            dialog.say(Phrase.of("Write a lower-case word such as anna, each person once."));
        }
    }

    private Drafts.Person person(String name, int guess) {
        while (true) {
            String level = dialog.ask(Phrase.of("Level of {0}", name), Integer.toString(guess));
            if (level.matches("[Ll]?[0-3]")) {
                return new Drafts.Person(name, level.charAt(level.length() - 1) - '0');
            }
            dialog.say(Phrase.of("Write 0, 1, 2 or 3."));
        }
    }

    /** One other person's vote where there is always somebody to give it. */
    Drafts.Policy policy(List<Drafts.Person> people) {
        int from = canVote(people, 2) ? 2 : 1;
        if (people.size() < 2 || !canVote(people, from)) {
            dialog.say(
                    people.size() == 1
                            ? Phrase.of(
                                    "Warning: you are alone, so a rollback needs nothing but your"
                                        + " own confirmation. Name more people in people.yml, then"
                                        + " raise votes in approvals.yml.")
                            : Phrase.of(
                                    "Warning: not everybody who may ask has somebody else to"
                                        + " approve, so a rollback needs no vote. Raise levels in"
                                        + " people.yml, then votes in approvals.yml."));
            return new Drafts.Policy(0, 2);
        }
        boolean asks =
                dialog.agrees(
                        Phrase.of("Shall each rollback need the vote of one other person?"), true);
        return new Drafts.Policy(asks ? 1 : 0, from);
    }

    private boolean canVote(List<Drafts.Person> people, int from) {
        return people.stream()
                .filter(one -> one.level() >= rules.rollbackLevel())
                .allMatch(one ->
                        people.stream()
                                .anyMatch(other -> !other.equals(one) && other.level() >= from));
    }
}

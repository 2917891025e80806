package backout.init;

import backout.plan.TargetName;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What will be written, before it is text. */
final class Drafts {
    private static final int LONGEST = 50;

    /**
     * @param name the part behind {@code compose/}, {@code container/} or {@code source/}
     * @param repository of its images; empty for what runs from source
     * @param checks its own, besides those of the command
     * @param without checks of the command that do not fit it
     * @param redis what is saved before each rollback
     */
    record Target(
            String name,
            Service service,
            String repository,
            Optional<String> url,
            List<String> checks,
            List<String> without,
            Optional<Redis> redis) {
        Target {
            checks = List.copyOf(checks);
            without = List.copyOf(without);
        }

        String fullName() {
            return service.kind() + "/" + name;
        }

        /** The same with other checks of its own, and without these of the command. */
        Target checkedBy(List<String> own, List<String> unfit) {
            return new Target(name, service, repository, url, own, unfit, redis);
        }
    }

    /**
     * A service of the same project that keeps the data.
     *
     * @param password a reference, such as {@code env:REDIS_PASSWORD}
     */
    record Redis(String service, Optional<String> password) {}

    /** Level 0 to 3. */
    record Person(String name, int level) {}

    /** {@code from} is the lowest level whose votes count. */
    record Policy(int votes, int from) {}

    /**
     * @param store the folder of journal and backups
     */
    record Site(
            String language,
            String docker,
            String store,
            List<Target> targets,
            List<Person> people,
            Policy policy) {
        Site {
            targets = List.copyOf(targets);
            people = List.copyOf(people);
        }

        Site with(List<Target> others) {
            return new Site(language, docker, store, others, people, policy);
        }
    }

    private Drafts() {}

    /**
     * A name that the configuration takes: a lower-case word near to the text; {@code other} where
     * nothing of it can stay.
     */
    static String word(String text, String other) {
        String word =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "-")
                        .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        String kept = word.substring(0, Math.min(word.length(), LONGEST));
        return TargetName.isWord(kept) ? kept : other;
    }

    /** The word, with a number behind it where it is taken. */
    static String free(String word, Collection<String> taken) {
        String free = word;
        for (int number = 2; taken.contains(free); number++) {
            free = word + "-" + number;
        }
        return free;
    }
}

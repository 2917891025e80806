package backout.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be told to people who were not there. */
public enum Happening {
    /** Somebody asks for a rollback; its plan is known. */
    REQUEST,
    /** The bot proposes one. */
    PROPOSAL,
    /** A run ended. */
    OUTCOME,
    /** A target may not go forward, or nothing may be run on it; or it may again. */
    LOCK,
    /** A person says of a release that it is good, or bad. */
    MARK,
    /** Something about a target should not be so. */
    PROBLEM,
    /** How ready a standby is: only told when it changes. */
    STANDBY,
    /** One person is called: never announced, only told to that person. */
    PAGE,
    /** It is tried whether the receiver takes anything: never announced. */
    TEST;

    /** Those that may be chosen. */
    public static final List<Happening> ANNOUNCED =
            List.of(REQUEST, PROPOSAL, OUTCOME, LOCK, MARK, PROBLEM, STANDBY);

    /** As {@code config/} names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Their words. */
    public static List<String> words() {
        return ANNOUNCED.stream().map(Happening::word).toList();
    }

    static Optional<Happening> of(String word) {
        return Arrays.stream(values())
                .filter(ANNOUNCED::contains)
                .filter(one -> one.word().equals(word))
                .findFirst();
    }
}

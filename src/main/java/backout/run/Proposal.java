package backout.run;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What made the bot ask for a rollback by itself, as it was seen then; or that a program asks for
 * one, of which only {@code what} is known: its reason.
 *
 * @param release the image ID of the release that is unwell; empty where a program asks
 * @param name the same, as people call it
 * @param since the first of the looks that saw it unwell, with no well one after it
 * @param changed when that release was first seen in the place of another that was well
 * @param what the first check that is not well, in words
 * @param log the last lines that the service wrote, redacted
 * @param doubt why that release is probably not to blame; nothing where it may be
 * @param countdown after which the rollback begins unless somebody says no; null where it waits for
 *     a person
 */
public record Proposal(
        String release,
        String name,
        Instant since,
        Instant changed,
        Phrase what,
        List<Phrase> log,
        Phrase doubt,
        @Nullable Duration countdown) {
    /** Whoever asks in a run that no person asked for. */
    public static final String NOBODY = "backout";

    /** What the bot saw, or a program wants; empty where a person asked. */
    public static Optional<Proposal> of(RunEvent.Requested request) {
        return Optional.ofNullable(request.proposal());
    }

    /** What a program asks for: a person takes it up, or nobody. */
    public static Proposal asked(Instant at, String reason) {
        return new Proposal("", "", at, at, Phrase.verbatim(reason), List.of(), Phrase.NONE, null);
    }

    /** Whether a program asks, and the bot saw nothing. */
    public boolean isAsked() {
        return release.isEmpty();
    }

    public Proposal {
        log = List.copyOf(log);
    }
}

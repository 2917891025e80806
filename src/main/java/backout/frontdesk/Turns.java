package backout.frontdesk;

import backout.approval.OnCall;
import backout.approval.OnCall.Shift;
import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is on call now and who is next, level by level. */
public record Turns(Site site, InstantSource clock) {
    /** Somebody can still mend a list before such a shift begins. */
    private static final Duration SOON = Duration.ofDays(7);

    /** Changes of a list that change nobody, such as a stand-in for oneself. */
    private static final int MOST = 50;

    public Message now() {
        Instant now = clock.instant();
        var rows = new ArrayList<List<Phrase>>();
        site.lists().forEach((level, list) -> rows.add(row(level, list, now)));
        var blocks = new ArrayList<Block>();
        blocks.add(
                Block.Table.of(
                        Phrase.of("On call"),
                        List.of(
                                Phrase.of("level"),
                                Phrase.of("now"),
                                Phrase.of("why"),
                                Phrase.of("until"),
                                Phrase.of("then")),
                        rows));
        doubts(site, now).ifPresent(blocks::add);
        return new Message(Phrase.of("On call"), blocks);
    }

    /** What speaks against the lists, with who is named in them and is nobody here. */
    static Optional<Block> doubts(Site site, Instant now) {
        var lines =
                Stream.concat(
                                site.doubtsOfOnCall(now).stream(),
                                site.lists().entrySet().stream()
                                        .flatMap(list ->
                                                strangers(list.getKey(), list.getValue(), now)))
                        .map(doubt -> new Line(Mark.WARNING, doubt, Phrase.NONE))
                        .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Lines(Phrase.of("The lists of who is on call"), lines));
    }

    private static Stream<Phrase> strangers(int level, OnCall list, Instant now) {
        return list.strangers(now, now.plus(SOON)).stream()
                .map(stranger -> Phrase.of("L{0}: {1}", level, stranger));
    }

    private static List<Phrase> row(int level, OnCall list, Instant now) {
        Shift shift = list.at(now);
        Optional<Instant> change = change(list, shift);
        return List.of(
                Phrase.verbatim("L" + level),
                people(shift),
                shift.why(),
                change.map(at -> Phrase.of("{0}", at)).orElse(Phrase.of("further notice")),
                change.map(at -> people(list.at(at))).orElse(Phrase.NONE));
    }

    private static Phrase people(Shift shift) {
        return shift.people().isEmpty() ? Phrase.of("nobody") : Phrase.list(shift.people());
    }

    /** When others are on call. */
    private static Optional<Instant> change(OnCall list, Shift shift) {
        Instant at = shift.until();
        for (int step = 0; step < MOST && at != null; step++) {
            Shift next = list.at(at);
            if (!next.people().equals(shift.people())) {
                return Optional.of(at);
            }
            at = next.until();
        }
        return Optional.empty();
    }
}

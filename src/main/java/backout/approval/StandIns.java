package backout.approval;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list with people who stand in for a while. The newest of them counts for its span, then the
 * older one holds again.
 *
 * @param standIns the newest last
 */
public record StandIns(OnCall list, List<StandIn> standIns) implements OnCall {
    /** Somebody who is on call in place of whoever would be, {@code to} not included. */
    public record StandIn(String person, Instant from, Instant to) {
        boolean holds(Instant when) {
            return !when.isBefore(from) && when.isBefore(to);
        }

        /** Whether at each moment of it one of these holds. */
        public boolean isHiddenBy(List<StandIn> others) {
            return Stream.concat(Stream.of(from), others.stream().map(StandIn::to))
                    .filter(this::holds)
                    .allMatch(edge -> others.stream().anyMatch(one -> one.holds(edge)));
        }
    }

    public StandIns {
        standIns = List.copyOf(standIns);
    }

    @Override
    public Shift at(Instant when) {
        Shift usual = list.at(when);
        Optional<StandIn> holds =
                standIns.reversed().stream().filter(one -> one.holds(when)).findFirst();
        if (holds.isEmpty()) {
            return new Shift(usual.people(), usual.why(), end(when, usual.until()));
        }
        StandIn standIn = holds.get();
        Phrase why =
                usual.people().isEmpty()
                        ? Phrase.of("stands in until {0}", standIn.to())
                        : Phrase.of("in place of {0}", usual.people());
        return new Shift(List.of(standIn.person()), why, end(when, standIn.to()));
    }

    @Override
    public boolean canName(String person) {
        return list.canName(person)
                || standIns.stream().anyMatch(one -> one.person().equals(person));
    }

    @Override
    public Optional<Phrase> doubt(Instant now) {
        return list.doubt(now);
    }

    @Override
    public List<Phrase> strangers(Instant from, Instant to) {
        return list.strangers(from, to);
    }

    /** What ends it: its own end, or the next one that begins. */
    private @Nullable Instant end(Instant when, @Nullable Instant own) {
        return Stream.concat(
                        Stream.ofNullable(own),
                        standIns.stream().map(StandIn::from).filter(from -> from.isAfter(when)))
                .min(Instant::compareTo)
                .orElse(null);
    }
}

package backout.dns;

import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;

/** Several servers, asked at once: each says for itself where the names lead. */
public record NameServers(List<NameServer> servers) {
    /** What one of them said; {@code problem} where it said nothing. */
    public record Said(NameServer server, Records records, List<Problem> problem) {
        public boolean isKnown() {
            return problem.isEmpty();
        }

        /**
         * Whether all that it answers leads where these do; of a name that is proxied it can only
         * be told that it leads anywhere.
         */
        public boolean agrees(Records wanted) {
            return isKnown()
                    && records.without(wanted.proxied())
                            .identity()
                            .equals(wanted.without(wanted.proxied()).identity())
                    && wanted.proxied().stream().allMatch(records::has);
        }

        /** Whether it says of each set how long it is kept as whoever keeps the zone does. */
        public boolean isKeptAs(Records wanted, ToLongFunction<RecordSet> lasts) {
            return wanted.sets().stream()
                    .filter(set -> !set.proxied())
                    .allMatch(set ->
                            records.set(set.name(), set.type())
                                    .filter(said -> said.ttl() == lasts.applyAsLong(set))
                                    .isPresent());
        }

        /** How long it goes on answering what is not wanted any more, in seconds. */
        public long remaining(Records wanted) {
            return records.without(wanted.proxied()).changes(wanted).stream()
                    .filter(change ->
                            change.before().isPresent()
                                    && !change.after()
                                            .map(set -> set.leadsAs(change.before().orElseThrow()))
                                            .orElse(false))
                    .mapToLong(change -> change.before().orElseThrow().ttl())
                    .max()
                    .orElse(0);
        }
    }

    public NameServers {
        servers = List.copyOf(servers);
    }

    public static NameServers of(List<String> texts, boolean authoritative) {
        return new NameServers(
                texts.stream().map(text -> NameServer.of(text, authoritative)).toList());
    }

    /** In the order of the servers. */
    public List<Said> read(List<String> names) {
        return AtOnce.all(
                servers.stream().<Callable<Said>>map(one -> () -> said(one, names)).toList());
    }

    private static Said said(NameServer server, List<String> names) {
        try {
            return new Said(server, server.read(names), List.of());
        } catch (ProblemException e) {
            return new Said(server, new Records(List.of()), e.problems());
        }
    }
}

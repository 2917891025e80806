package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Said>> all =
                    servers.stream().<Callable<Said>>map(one -> () -> said(one, names)).toList();
            var said = new ArrayList<Said>();
            for (Future<Said> one : threads.invokeAll(all)) {
                said.add(one.get());
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stop(
                    Phrase.of("the look at the name servers was interrupted"),
                    Phrase.of("ask again"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Said said(NameServer server, List<String> names) {
        try {
            return new Said(server, server.read(names), List.of());
        } catch (ProblemException e) {
            return new Said(server, new Records(List.of()), e.problems());
        }
    }
}

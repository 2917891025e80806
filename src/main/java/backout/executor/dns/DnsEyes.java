package backout.executor.dns;

import backout.check.Field;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.dns.NameServers;
import backout.dns.NameServers.Said;
import backout.dns.Records;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Probes;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sees what people are served where the zone's own servers lead them, and which servers and
 * resolvers answer what the zone is kept with.
 *
 * @param standby what it wrote last; nothing where it was not started
 */
record DnsEyes(Site site, Probe http, Supplier<List<Phrase>> standby) implements Probes {
    @Override
    public Reading look(Subject subject, Duration deadline) {
        return switch (subject) {
            case Subject.Http asked -> http.look(asked, deadline);
            case Subject.Names(var whom) ->
                    answers(whom.equals(Subject.Names.SERVERS) ? site.servers() : site.resolvers());
            case Subject.Container _, Subject.OwnProcess _, Subject.Redis _, Subject.Disk _ ->
                    new Reading.NotSeen(
                            Problem.of(
                                    Phrase.of(
                                            "a {0} target has no probe for {1}",
                                            site.target().name().kind(), subject.word()),
                                    Phrase.of("take the check out")));
        };
    }

    /** One that says nothing makes all of it unknown: it may lead anywhere. */
    private Reading answers(NameServers servers) {
        try {
            Records records = site.now();
            List<Said> all = servers.read(site.names());
            List<Problem> silent = all.stream().flatMap(one -> one.problem().stream()).toList();
            return silent.isEmpty() ? read(all, records) : new Reading.NotSeen(silent.getFirst());
        } catch (ProblemException e) {
            return new Reading.NotSeen(e.problem());
        }
    }

    /** Of names that have no record all must answer the same: that is the provider's own. */
    private Reading read(List<Said> all, Records kept) {
        Records wanted = all.isEmpty() ? kept : kept.or(all.getFirst().records());
        long agree = all.stream().filter(one -> one.agrees(wanted)).count();
        long remaining = all.stream().mapToLong(one -> one.remaining(wanted)).max().orElse(0);
        long times = all.stream().filter(one -> one.isKeptAs(kept, site.provider()::lasts)).count();
        return Reading.Facts.none()
                .with(Field.AGREE, all.isEmpty() ? 0 : agree * 100 / all.size())
                .with(Field.TTL, all.isEmpty() ? 0 : times * 100 / all.size())
                .with(Field.KEPT, Duration.ofSeconds(remaining).toMillis());
    }

    @Override
    public List<Phrase> log() {
        return standby.get();
    }

    @Override
    public String running() {
        return site.now().identity();
    }
}

package backout.executor.dns;

import backout.dns.Records;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Releases;
import backout.problem.Problem;

import java.time.Instant;
import java.util.Optional;

/** Releases that are places which the names led to; a place's records are its source. */
record Places(Records standby, Ledger ledger, Instant now) implements Releases {
    @Override
    public Had again(Release release) {
        try {
            if (Records.parse(release.source()).identity().equals(release.id())) {
                return had(release);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) { // told below
        }
        throw Problem.stop(
                Phrase.of("the records of {0} were not kept", release.name()),
                Phrase.of("name another place"));
    }

    private static Had had(Release release) {
        return new Had(release, release.source(), release.id(), true);
    }

    @Override
    public Optional<Had> find(String text) {
        if (!text.equals(DnsSettings.STANDBY)) {
            return Optional.empty();
        }
        String id = standby.identity();
        Release found = Release.found(id, standby.text(), standby.place(), "", now);
        return Optional.of(new Had(ledger.release(id).orElse(found), standby.text(), id, true));
    }
}

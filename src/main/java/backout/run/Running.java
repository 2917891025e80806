package backout.run;

import backout.plan.TargetEvent;

import java.time.Instant;

/**
 * What of a target runs now.
 *
 * @param identity the one name that nobody can give to another release
 * @param source how it can be had again, as the target's files would name it
 * @param tag the name that it runs under, for people; may be empty
 * @param version what the service itself reports; empty where it does not
 */
public record Running(String identity, String source, String tag, String version) {
    TargetEvent.Seen seen(Instant at) {
        return new TargetEvent.Seen(at, identity, source, tag, version);
    }
}

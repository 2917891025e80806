package backout.dns;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Script;

import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A zone that takes updates of RFC 2136, signed with TSIG (RFC 8945), as BIND, Knot and PowerDNS
 * do.
 *
 * @param zone in full, with the dot at its end
 * @param primary the one server that takes updates
 */
public record Rfc2136(String zone, NameServer primary, Key key, Secrets secrets)
        implements Provider {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /**
     * With what updates are signed.
     *
     * @param name as the server calls it
     * @param algorithm such as {@code hmac-sha256}
     * @param secret {@code env:NAME} or {@code file:PATH} of its base64
     */
    public record Key(String name, String algorithm, String secret) {}

    @Override
    public Records read(List<String> names) {
        return primary.read(names);
    }

    @Override
    public OptionalInt size() {
        var at = new InetSocketAddress(primary.at().host(), primary.at().port());
        var transfer = ZoneTransferIn.newAXFR(NameServer.name(zone), at, tsig());
        transfer.setTimeout(WITHIN);
        try {
            transfer.run();
            long sets =
                    transfer.getAXFR().stream()
                            .map(one -> one.getName() + " " + one.getType())
                            .distinct()
                            .count();
            return OptionalInt.of(Math.toIntExact(sets));
        } catch (IOException | ZoneTransferException _) { // not every key may read all
            return OptionalInt.empty();
        }
    }

    /** What is there is written again, and what is not there removed: no serial changes by it. */
    @Override
    public void rehearse(Records before, Records after) {
        Update update = requiring(before);
        for (Records.Change change : before.changes(after)) {
            change.before()
                    .ifPresentOrElse(
                            set -> add(update, set),
                            () -> delete(update, change.name(), change.type()));
        }
        Message answer = send(update, false);
        if (isLost(answer.getRcode()) && isStill(before, after)) {
            throw wildcard();
        }
        refuse(answer);
    }

    /** What was demanded did not hold. */
    private static boolean isLost(int code) {
        return code == Rcode.NXRRSET
                || code == Rcode.YXRRSET
                || code == Rcode.NXDOMAIN
                || code == Rcode.YXDOMAIN;
    }

    private boolean isStill(Records before, Records after) {
        return read(before.names(after)).identity().equals(before.identity());
    }

    /** What is answered is what is demanded, and is not there all the same. */
    private static ProblemException wildcard() {
        return Problem.stop(
                Phrase.of(
                        "one of the names has no record of its own: a wildcard answers in its"
                                + " stead"),
                Phrase.of("make it a record of its own, or write * in names: instead"));
    }

    @Override
    public void change(Records before, Records after, Runnable going) {
        Update update = requiring(before);
        List<Records.Change> changes = before.changes(after);
        changes.forEach(change -> delete(update, change.name(), change.type()));
        changes.forEach(change -> change.after().ifPresent(set -> add(update, set)));
        refuse(send(update, true));
    }

    /** The server compares and changes in one, so that nobody comes in between. */
    private Update requiring(Records before) {
        var update = new Update(NameServer.name(zone));
        before.sets().stream()
                .map(RecordSet::name)
                .distinct()
                .forEach(name -> {
                    for (String type : RecordSet.TYPES) {
                        before.set(name, type)
                                .ifPresentOrElse(
                                        set -> require(update, set),
                                        () ->
                                                update.absent(
                                                        NameServer.name(name), Type.value(type)));
                    }
                });
        return update;
    }

    private static void require(Update update, RecordSet set) {
        set.values()
                .forEach(value ->
                        written(
                                set,
                                () ->
                                        update.present(
                                                NameServer.name(set.name()),
                                                Type.value(set.type()),
                                                value)));
    }

    private static void add(Update update, RecordSet set) {
        set.values()
                .forEach(value ->
                        written(
                                set,
                                () ->
                                        update.add(
                                                NameServer.name(set.name()),
                                                Type.value(set.type()),
                                                set.ttl(),
                                                value)));
    }

    private static void delete(Update update, String name, String type) {
        update.delete(NameServer.name(name), Type.value(type));
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void written(RecordSet set, Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("{0} cannot be written: {1}", set.key(), Cause.of(e)),
                    Phrase.of("see the addresses of the target"));
        }
    }

    /**
     * @param changes whether it may have been done where no answer came
     * @return the answer, which may be a refusal
     */
    private Message send(Update update, boolean changes) {
        SimpleResolver resolver = primary.resolver();
        resolver.setTCP(true);
        resolver.setTimeout(WITHIN);
        resolver.setTSIGKey(tsig());
        try {
            return resolver.send(update);
        } catch (IOException e) {
            Phrase what =
                    changes
                            ? Phrase.of(
                                    "the name server {0} gave no answer, it may have changed the"
                                            + " zone or not: {1}",
                                    primary, Cause.of(e))
                            : Phrase.of(
                                    "the name server {0} gave no answer: {1}",
                                    primary, Cause.of(e));
            throw ProblemException.unseen(
                    Problem.of(
                            what, Phrase.of("see that it runs, and that this machine may ask it")));
        }
    }

    private TSIG tsig() {
        String secret =
                secrets.of(key.secret())
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "the key of the zone is not there: {0}",
                                                key.secret()),
                                        Phrase.of(
                                                "set it where the bot and this command are"
                                                        + " started, then ask again")))
                        .reveal();
        try {
            return new TSIG(key.algorithm(), key.name(), secret);
        } catch (IllegalArgumentException _) { // whose message may hold the key
            throw Problem.stop(
                    Phrase.of("{0} holds no key in base64 for {1}", key.secret(), key.algorithm()),
                    Phrase.of("see the file that the name server has the key in"));
        }
    }

    private void refuse(Message answer) {
        if (answer.getRcode() != Rcode.NOERROR) {
            throw new ProblemException(why(answer.getRcode(), signature(answer)));
        }
    }

    private static int signature(Message answer) {
        return Optional.ofNullable(answer.getTSIG()).map(TSIGRecord::getError).orElse(0);
    }

    /** Each in its own words: what helps is another thing each time. */
    private Problem why(int code, int signature) {
        return switch (signature) {
            case Rcode.BADKEY ->
                    refused(
                            "BADKEY",
                            Phrase.of(
                                    "it knows no key {0} with {1}: compare key-name: letter by"
                                            + " letter with its configuration",
                                    key.name(), key.algorithm()));
            case Rcode.BADSIG ->
                    refused(
                            "BADSIG",
                            Phrase.of("its key {0} is another than {1}", key.name(), key.secret()));
            case Rcode.BADTIME ->
                    refused(
                            "BADTIME",
                            Phrase.of(
                                    "its clock and that of this machine differ by more than 5 min:"
                                            + " compare both with date -u"));
            default -> why(code);
        };
    }

    private Problem why(int code) {
        return switch (code) {
            case Rcode.NXRRSET, Rcode.YXRRSET, Rcode.NXDOMAIN, Rcode.YXDOMAIN ->
                    Problem.of(
                            Phrase.of(
                                    "somebody else changed records of {0} in between; nothing was"
                                            + " written",
                                    zone),
                            Phrase.of(
                                    "look who it was, then ask again for a plan of what is there"));
            case Rcode.NOTAUTH, Rcode.NOTZONE ->
                    refused(
                            Rcode.string(code),
                            Phrase.of(
                                    "it is not the primary of {0}: name that below update:", zone));
            case Rcode.REFUSED ->
                    refused(
                            "REFUSED",
                            Phrase.of(
                                    "its policy does not let key {0} change all of these names and"
                                            + " types",
                                    key.name()));
            default -> refused(Rcode.string(code), Phrase.of("see its log"));
        };
    }

    private Problem refused(String code, Phrase next) {
        return Problem.of(
                Phrase.of("the name server {0} refuses the change: {1}", primary, code), next);
    }

    @Override
    public Script script(Records before, Records after) {
        return ShellUpdate.of(this, before, after);
    }
}

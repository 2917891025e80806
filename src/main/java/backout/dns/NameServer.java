package backout.dns;

import backout.language.Phrase;
import backout.plan.HostPort;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One server that is asked directly, so that nothing on this machine remembers what it said.
 *
 * @param authoritative whether it must answer of itself; else it is a resolver, which asks others
 */
public record NameServer(HostPort at, boolean authoritative) {
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final int TRIES = 2;
    private static final int PORT = 53;

    /** {@code HOST}, {@code HOST:PORT}, an IPv6 address or {@code [IPv6]:PORT}. */
    public static NameServer of(String text, boolean authoritative) {
        HostPort at = HostPort.parse(text).orElseGet(() -> new HostPort(text, PORT));
        return new NameServer(at, authoritative);
    }

    SimpleResolver resolver() {
        var address = new InetSocketAddress(at.host(), at.port());
        if (address.isUnresolved()) {
            throw silent(Phrase.of("nobody knows where {0} is", at.host()));
        }
        return new SimpleResolver(address);
    }

    private ProblemException silent(Phrase why) {
        return ProblemException.unseen(
                Problem.of(
                        Phrase.of("the name server {0} gave no answer: {1}", at, why),
                        Phrase.of("see that it runs, and that this machine may ask it")));
    }

    /**
     * All sets of these names.
     *
     * @throws ProblemException when it does not answer or cannot tell
     */
    public Records read(List<String> names) {
        List<Callable<Optional<RecordSet>>> questions =
                names.stream()
                        .flatMap(name ->
                                RecordSet.TYPES.stream()
                                        .<Callable<Optional<RecordSet>>>map(
                                                type -> () -> set(name, type)))
                        .toList();
        return new Records(AtOnce.all(questions).stream().flatMap(Optional::stream).toList());
    }

    private Optional<RecordSet> set(String name, String type) {
        List<Record> found = ask(name, type);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RecordSet(
                                name,
                                type,
                                found.stream().mapToLong(Record::getTTL).min().orElseThrow(),
                                found.stream().map(Record::rdataToString).toList()));
    }

    /** The name servers that it names for a zone. */
    public List<String> hosts(String zone) {
        return ask(zone, "NS").stream().map(Record::rdataToString).toList();
    }

    /** The records of that name and type alone, not what another name leads to. */
    List<Record> ask(String name, String type) {
        Message answer = send(Message.newQuery(question(name, type)));
        int code = answer.getRcode();
        boolean isOwn = answer.getHeader().getFlag(Flags.AA);
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            throw silent(Phrase.of("it answers {0} for {1}", Rcode.string(code), name));
        }
        if (authoritative && !isOwn) {
            throw Problem.stop(
                    Phrase.of("the name server {0} does not speak for {1} itself", at, name),
                    Phrase.of("name the servers that the zone has below servers:"));
        }
        return answer.getSection(Section.ANSWER).stream()
                .filter(one -> one.getName().equals(question(name, type).getName()))
                .filter(one -> one.getType() == Type.value(type))
                .toList();
    }

    private Message send(Message query) {
        if (authoritative) {
            query.getHeader().unsetFlag(Flags.RD);
        }
        SimpleResolver resolver = resolver();
        resolver.setTimeout(WITHIN);
        IOException last = new IOException();
        for (int tried = 0; tried < TRIES; tried++) {
            try {
                return resolver.send(query);
            } catch (IOException e) {
                last = e;
            }
        }
        throw silent(Cause.of(last));
    }

    private static Record question(String name, String type) {
        return Record.newRecord(name(name), Type.value(type), DClass.IN);
    }

    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw Problem.stop(
                    Phrase.of("{0} is no name: {1}", text, Cause.of(e)),
                    Phrase.of("see the names of the target"));
        }
    }

    @Override
    public String toString() {
        return at.toString();
    }
}

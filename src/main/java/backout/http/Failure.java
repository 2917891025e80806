package backout.http;

import backout.check.Reading;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.Scarcity;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Tells whose fault a failed call is. The service's: it refuses, hangs up, keeps silent, shows a
 * bad certificate. Ours: the name, the route or the trust is missing, or somebody stopped us.
 *
 * @param address where it was asked, without anything secret
 */
record Failure(String address, Duration deadline, Stations stations) {

    Reading of(IOException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return notSeen(Phrase.of("looking was cut off"), Phrase.of("Ask again"));
        }
        return switch (failure) {
            case IOException ours when Scarcity.isBehind(ours) ->
                    notSeen(
                            Cause.of(ours),
                            Phrase.of(
                                    "See what uses up this machine's open files, processes or"
                                            + " memory"));
            case DeadlineDns.GaveUp gaveUp -> unresolved(gaveUp.why());
            case UnknownHostException unknown -> unresolved(Phrase.of("{0}", unknown.getMessage()));

            case NoRouteToHostException _ ->
                    notSeen(Phrase.of("there is no route"), Phrase.of("Check our network"));
            case ConnectException refused -> refused(refused);
            case SSLException ssl -> tls(ssl);
            case ProtocolException other ->
                    new Reading.NoAnswer(Phrase.of("no HTTP: {0}", words(other)));
            case InterruptedIOException _ -> silent();
            case IOException other when stations.connected() -> brokeOff(other);
            case IOException other ->
                    notSeen(Phrase.verbatim(words(other)), Phrase.of("Check our network"));
        };
    }

    private Reading refused(ConnectException failure) {
        String words = words(failure);
        if (words.contains("efused")) {
            return new Reading.NoAnswer(Phrase.of("connection refused"));
        }
        return words.contains("timed out") || stations.loopback()
                ? silent()
                : notSeen(Phrase.verbatim(words), Phrase.of("Check our network"));
    }

    private Reading tls(SSLException failure) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return new Reading.NoAnswer(Phrase.of("its certificate is for another name"));
        }
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return new Reading.NoAnswer(Phrase.of("its certificate has expired"));
        }
        return isCausedBy(failure, CertPathBuilderException.class)
                ? notSeen(
                        Phrase.of("we do not trust whoever signed its certificate"),
                        Phrase.of("Add that authority to the trust store of this machine's Java"))
                : new Reading.NoAnswer(Phrase.of("no TLS: {0}", words(failure)));
    }

    private Reading silent() {
        if (!stations.resolved()) {
            return unresolved(Phrase.of("no answer from the resolver"));
        }
        if (stations.connected()) {
            return new Reading.NoAnswer(
                    Phrase.of("no complete answer in {0} ms", deadline.toMillis()));
        }
        Phrase silence = Phrase.of("no connection in {0} ms", deadline.toMillis());
        return stations.loopback()
                ? new Reading.NoAnswer(silence)
                : notSeen(silence, Phrase.of("Check that it runs and that no firewall is between"));
    }

    private Reading unresolved(Phrase why) {
        return notSeen(
                Phrase.of("its name has no address ({0})", why),
                Phrase.of("Check the name and our DNS"));
    }

    private static Reading brokeOff(IOException failure) {
        String words = words(failure);
        return new Reading.NoAnswer(
                words.contains("eset")
                        ? Phrase.of("connection reset")
                        : Phrase.of("the answer broke off: {0}", words));
    }

    private Reading notSeen(Phrase what, Phrase next) {
        return new Reading.NotSeen(
                new Problem(Phrase.of("could not look at {0}: {1}", address, what), "", next));
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> cause) {
        Throwable at = failure;
        while (at != null && !cause.isInstance(at)) {
            at = at.getCause();
        }
        return at != null;
    }

    /** okhttp hides the reason one level down, some exceptions have no words at all. */
    private static String words(Throwable failure) {
        Throwable cause = failure.getCause();
        String own = failure.getMessage() == null ? "" : failure.getMessage();
        String inner = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
        String words =
                own.contains(inner) || own.isEmpty()
                        ? own + (own.isEmpty() ? inner : "")
                        : own + " (" + inner + ")";
        return words.isEmpty() ? failure.getClass().getSimpleName() : words;
    }
}

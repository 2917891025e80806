package backout.http;

import backout.check.Reading;
import backout.language.Phrase;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;

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
            return notSeen("looking was cut off", "Ask again");
        }
        return switch (failure) {
            case UnknownHostException unknown -> unresolved(unknown.getMessage());
            case NoRouteToHostException _ -> notSeen("there is no route", "Check our network");
            case ConnectException refused -> refused(refused);
            case SSLException ssl -> tls(ssl);
            case ProtocolException other -> new Reading.NoAnswer("no HTTP: " + words(other));
            case InterruptedIOException _ -> silent();
            case IOException other when stations.connected() -> brokeOff(other);
            case IOException other -> notSeen(words(other), "Check our network");
        };
    }

    private Reading refused(ConnectException failure) {
        String words = words(failure);
        if (words.contains("efused")) {
            return new Reading.NoAnswer("connection refused");
        }
        return words.contains("timed out") || stations.loopback()
                ? silent()
                : notSeen(words, "Check our network");
    }

    private Reading tls(SSLException failure) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return new Reading.NoAnswer("its certificate is for another name");
        }
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return new Reading.NoAnswer("its certificate has expired");
        }
        return isCausedBy(failure, CertPathBuilderException.class)
                ? notSeen(
                        "we do not trust whoever signed its certificate",
                        "Add that authority to the trust store of this machine's Java")
                : new Reading.NoAnswer("no TLS: " + words(failure));
    }

    private Reading silent() {
        if (!stations.resolved()) {
            return unresolved("no answer from the resolver");
        }
        if (stations.connected()) {
            return new Reading.NoAnswer("no complete answer in " + deadline.toMillis() + " ms");
        }
        String silence = "no connection in " + deadline.toMillis() + " ms";
        return stations.loopback()
                ? new Reading.NoAnswer(silence)
                : notSeen(silence, "Check that it runs and that no firewall is between");
    }

    private Reading unresolved(@Nullable String why) {
        return notSeen("its name has no address (" + why + ")", "Check the name and our DNS");
    }

    private static Reading brokeOff(IOException failure) {
        String words = words(failure);
        return new Reading.NoAnswer(
                words.contains("eset") ? "connection reset" : "the answer broke off: " + words);
    }

    private Reading notSeen(String what, String next) {
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

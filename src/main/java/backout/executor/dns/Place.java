package backout.executor.dns;

import backout.check.Check;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.check.Verdict.Unknown;
import backout.check.Verdict.Unwell;
import backout.check.Verdict.Well;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.problem.Problem;
import backout.run.Findings;

import okhttp3.Dns;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One address that serves, or should: asked in the name that people use, so that its certificate
 * must be for that name, before anybody is led there.
 *
 * @param names that shall lead there, in full
 */
record Place(String address, List<String> names, Settings settings, Secrets secrets) {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    /** Whoever renews it has had a month to do so by then. */
    private static final Duration LASTS = Duration.ofDays(14);

    /**
     * What the checks say that must hold there.
     *
     * @param lines with their placeholders filled
     */
    Findings serves(List<String> lines) {
        var probe = new HttpProbe(client(), name -> secrets.named(settings, name));
        var findings = Findings.fine();
        for (Check check : Check.filled(lines)) {
            if (check.subject() instanceof Subject.Http
                    && check.severity() == Check.Severity.MUST) {
                Reading reading = probe.look(check.subject(), WITHIN);
                findings = findings.and(judged(check, check.judge(reading, Optional.empty())));
            }
        }
        return findings;
    }

    /** Whether it is for the name that people use, and for how long still. */
    Findings certificate(Instant now) {
        URI url = settings.url("url").orElseThrow();
        var request = new Request.Builder().url(url.toString()).head().build();
        OkHttpClient once =
                client().newBuilder().callTimeout(WITHIN).followRedirects(false).build();
        try (Response response = once.newCall(request).execute()) {
            Handshake shaken = response.handshake();
            return shaken == null
                    ? Findings.fine()
                    : lasting((X509Certificate) shaken.peerCertificates().getFirst(), now);
        } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
            return StandbyProject.red(
                    Phrase.of("it is none for {0}: {1}", url.getHost(), e.getMessage()));
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("{0} cannot be asked: {1}", address, e.getMessage()), Phrase.NONE);
        }
    }

    private static Findings lasting(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        return now.plus(LASTS).isBefore(end)
                ? Findings.fine()
                : StandbyProject.red(Phrase.of("it ends at {0}", end));
    }

    /** Whether people who ask for it will come here. */
    private boolean isLed(String host) {
        URI url = settings.url("url").orElseThrow();
        String full = host + ".";
        return host.equals(url.getHost())
                || names.stream()
                        .anyMatch(name ->
                                name.equals(full)
                                        || (name.startsWith("*.")
                                                && full.endsWith(name.substring(1))));
    }

    private OkHttpClient client() {
        return Http.client()
                .newBuilder()
                .dns(host ->
                        isLed(host)
                                ? List.of(InetAddress.ofLiteral(address))
                                : Dns.SYSTEM.lookup(host))
                .build();
    }

    private Findings judged(Check check, Verdict verdict) {
        return switch (verdict) {
            case Well _ -> Findings.fine();
            case Unwell(var seen, var wanted, _) ->
                    Findings.red(
                            Problem.of(
                                    Phrase.of(
                                            "{0} is unwell itself: {1}: {2}, wanted {3}",
                                            address, check.shown(), seen, wanted),
                                    Phrase.of("mend that place first; nobody is led there now")));
            case Unknown(var why) ->
                    Findings.blind(
                            List.of(
                                    Problem.of(
                                            Phrase.of(
                                                    "nobody knows whether {0} is well: {1}: {2}",
                                                    address, check.shown(), why),
                                            Phrase.of("ask again"))));
        };
    }
}

package backout.http;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Reading;
import backout.check.Subject;
import backout.fixture.Cli;
import backout.language.Phrase;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import okhttp3.OkHttpClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A server with a certificate of its own, for the name relay.example. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    private final OkHttpClient client = Http.client();

    @Test
    void the_name_is_greeted_and_checked_and_its_signer_must_be_known(@TempDir Path folder)
            throws Exception {
        KeyStore keys = keys(folder.resolve("keys.p12"));
        try (var server = new MockWebServer()) {
            server.useHttps(socketsWith(keys));
            server.enqueue(new MockResponse.Builder().body("here").build());
            server.start(InetAddress.getLoopbackAddress(), 0);
            int port = server.getPort();
            assertThat(look(trusting(keys), "relay.example", port))
                    .isInstanceOfSatisfying(
                            Reading.Answered.class,
                            seen -> assertThat(seen.body()).isEqualTo("here"));
            assertThat(server.takeRequest().getHandshakeServerNames())
                    .containsExactly("relay.example");
            assertThat(look(trusting(keys), "other.example", port))
                    .isEqualTo(
                            new Reading.NoAnswer(Phrase.of("its certificate is for another name")));
            assertThat(look(client, "relay.example", port))
                    .isInstanceOfSatisfying(
                            Reading.NotSeen.class,
                            blind ->
                                    assertThat(blind.problem().what().toString())
                                            .endsWith(
                                                    "we do not trust whoever signed its"
                                                            + " certificate"));
        }
    }

    @Test
    void a_port_without_tls_is_the_service() throws Exception {
        try (var wire = new Wire(caller -> Wire.write(caller, "HTTP/1.1 400 Bad\r\n\r\n"))) {
            assertThat(look(client, "relay.example", wire.port()))
                    .isInstanceOfSatisfying(
                            Reading.NoAnswer.class,
                            silent -> assertThat(silent.seen().toString()).startsWith("no TLS: "));
        }
    }

    private static Reading look(OkHttpClient with, String host, int port) {
        var here = List.of(InetAddress.getLoopbackAddress());
        return new HttpProbe(with.newBuilder().dns(_ -> here).build(), _ -> Optional.empty())
                .look(
                        new Subject.Http("GET", "https://" + host + ":" + port, Optional.empty()),
                        Duration.ofSeconds(10));
    }

    private static KeyStore keys(Path file) throws Exception {
        Cli.here()
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=relay.example",
                        "-ext",
                        "san=dns:relay.example",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD);
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLSocketFactory socketsWith(KeyStore keys) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context.getSocketFactory();
    }

    private OkHttpClient trusting(KeyStore keys) throws Exception {
        var roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("own", keys.getCertificate("mykey"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return client.newBuilder()
                .sslSocketFactory(
                        context.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
                .build();
    }
}

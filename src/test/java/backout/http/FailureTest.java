package backout.http;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Reading;

import okhttp3.Call;
import okhttp3.Request;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;

import javax.net.ssl.SSLHandshakeException;

/** What cannot be made to happen on one machine: a network between us and the service. */
class FailureTest {
    private final Stations stations = new Stations();
    private final Call call =
            Http.client().newCall(new Request.Builder().url("http://192.0.2.1/").build());

    private String of(IOException failure) {
        Reading reading =
                new Failure("http://192.0.2.1/", Duration.ofSeconds(2), stations).of(failure);
        return switch (reading) {
            case Reading.NoAnswer(var seen) -> "service: " + seen;
            case Reading.NotSeen(var problem) -> "ours: " + problem.what();
            case Reading.Answered _, Reading.Facts _, Reading.Remembered _ ->
                    throw new AssertionError(reading);
        };
    }

    private void connecting() throws IOException {
        var address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        stations.connectStart(call, new InetSocketAddress(address, 80), Proxy.NO_PROXY);
    }

    @Test
    void before_the_connection_a_failure_may_be_the_network_between() throws IOException {
        connecting();
        String ours = "ours: could not look at http://192.0.2.1/: ";
        assertThat(of(new SocketTimeoutException("timeout")))
                .isEqualTo(ours + "no connection in 2000 ms");
        assertThat(of(new ConnectException("Connection timed out")))
                .isEqualTo(ours + "no connection in 2000 ms");
        assertThat(of(new NoRouteToHostException("No route to host")))
                .isEqualTo(ours + "there is no route");
        assertThat(of(new ConnectException("Network is unreachable")))
                .isEqualTo(ours + "Network is unreachable");
        assertThat(of(new SocketException("Too many open files")))
                .isEqualTo(ours + "too many files are open (Too many open files)");
        assertThat(of(new ConnectException("Connection refused")))
                .isEqualTo("service: connection refused");
    }

    @Test
    void before_the_look_up_ended_it_is_the_resolver() {
        assertThat(of(new SocketTimeoutException("timeout")))
                .endsWith("its name has no address (no answer from the resolver)");
    }

    @Test
    void behind_the_connection_it_is_the_service() throws IOException {
        connecting();
        stations.secureConnectStart(call);
        assertThat(of(new SocketTimeoutException("timeout")))
                .isEqualTo("service: no complete answer in 2000 ms");
        assertThat(of(new SocketException("Connection reset")))
                .isEqualTo("service: connection reset");
        var expired = new SSLHandshakeException("PKIX");
        expired.initCause(new CertificateExpiredException("NotAfter"));
        assertThat(of(expired)).isEqualTo("service: its certificate has expired");
    }
}

package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.ChildJava;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.Headers;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Without descriptors for a moment nothing is given up: not the engine, not a process. */
class StarvedTest {
    @Test
    void what_finds_no_descriptor_is_done_when_there_is_one() throws Exception {
        try (var server = new MockWebServer()) {
            server.setDispatcher(
                    new Dispatcher() {
                        @Override
                        public MockResponse dispatch(RecordedRequest request) {
                            return new MockResponse(200, Headers.of("Api-Version", "1.41"), "[]");
                        }
                    });
            server.start();
            var argv =
                    new ArrayList<String>(List.of("sh", "-c", "ulimit -n 256; exec \"$@\"", "-"));
            argv.addAll(ChildJava.command("-Xmx256m"));
            argv.add(Starved.class.getName());
            argv.add("tcp://127.0.0.1:" + server.getPort());

            Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
            byte[] told = process.getInputStream().readAllBytes();

            assertThat(new String(told, StandardCharsets.UTF_8)).isEqualTo("0\nran\noutlives\n");
            assertThat(process.waitFor()).isZero();
        }
    }
}

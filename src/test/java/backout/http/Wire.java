package backout.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that does to each connection what no HTTP server would. */
final class Wire implements AutoCloseable {
    /** What happens to a connection; it is closed afterwards. */
    interface Manners {
        void meet(Socket caller) throws IOException;
    }

    private final ServerSocket server;

    Wire(Manners manners) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> serve(manners));
    }

    private void serve(Manners manners) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                manners.meet(caller);
            } catch (IOException _) {
                // The caller went away or the test is over: both are meant to happen
            }
        }
    }

    /** Reads until the end of a request's head. */
    static void readHead(Socket caller) throws IOException {
        int last = 0;
        int next = caller.getInputStream().read();
        while (next >= 0 && !(last == '\n' && next == '\r')) {
            last = next;
            next = caller.getInputStream().read();
        }
        caller.getInputStream().read();
    }

    static void write(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        caller.getOutputStream().flush();
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package backout.notify.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server that offers STARTTLS and ends the line when it is asked for it. */
final class OffersTls implements AutoCloseable {
    /** What it was told, until it closed. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;
    private final String answer;

    /**
     * @param answer what it says to STARTTLS before it closes; empty: nothing
     */
    OffersTls(String answer) throws IOException {
        this.answer = answer;
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket line = socket.accept()) {
                talk(line);
            } catch (IOException closed) {
                // that client, or the test, is done
            }
        }
    }

    private void talk(Socket line) throws IOException {
        var in = new BufferedReader(new InputStreamReader(line.getInputStream(), US_ASCII));
        say(line, "220 here");
        String said = in.readLine();
        while (said != null) {
            heard.add(said);
            if (said.equals("STARTTLS")) {
                if (!answer.isEmpty()) {
                    say(line, answer);
                }
                return;
            }
            say(line, said.startsWith("EHLO") ? "250-here\r\n250 STARTTLS" : "250 taken");
            said = in.readLine();
        }
    }

    private static void say(Socket line, String words) throws IOException {
        line.getOutputStream().write((words + "\r\n").getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

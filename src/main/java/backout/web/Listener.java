package backout.web;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import jakarta.servlet.http.HttpServlet;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;

/** One address that answers HTTP, each request on a virtual thread. */
public final class Listener implements AutoCloseable {
    /** How long requests that are at work may go on when it is closed. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private final Server server;
    private final ServerConnector connector;

    private Listener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Listens until it is closed.
     *
     * @param address {@code HOST:PORT}; port 0 takes a free one
     * @param servlets by path: {@code /slack/events}, {@code /*}
     * @throws ProblemException when it cannot listen there
     */
    public static Listener open(String address, Map<String, ? extends HttpServlet> servlets) {
        var threads = new QueuedThreadPool();
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var server = new Server(threads);
        var connector = new ServerConnector(server);
        int colon = address.lastIndexOf(':');
        connector.setHost(address.substring(0, colon).replaceAll("[\\[\\]]", ""));
        connector.setPort(Integer.parseInt(address.substring(colon + 1)));
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        servlets.forEach((path, servlet) -> {
            var holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            context.addServlet(holder, path);
        });
        server.setHandler(new GracefulHandler(context));
        server.setStopTimeout(GRACE.toMillis());
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw cannotListen(address, e);
        }
        return new Listener(server, connector);
    }

    private static ProblemException cannotListen(String address, Exception cause) {
        var problem =
                new ProblemException(
                        new Problem(
                                Phrase.of("cannot listen on {0}: {1}", address, root(cause)),
                                "config/backout.yml listen",
                                Phrase.of(
                                        "free that port (ss -ltnp shows who has it), or name"
                                                + " another")));
        problem.initCause(cause);
        return problem;
    }

    private static String root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("a listener did not stop well", e);
        }
    }
}

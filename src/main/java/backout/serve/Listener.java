package backout.serve;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import jakarta.servlet.http.HttpServlet;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
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

    /** A connection that is only kept for a next request holds up no end. */
    private static final Duration KEPT = Duration.ofMillis(100);

    /** A chat gives up after three seconds; one byte now and then buys no more time. */
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(10);

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
        Server server = server();
        ServerConnector connector = connector(server, address);
        int most = OpenFiles.ofThisProcess().ours();
        server.addBean(new NetworkConnectionLimit(most, connector));
        return start(server, connector, address, new GracefulHandler(context(servlets)));
    }

    /** The same for an address that anybody can reach: what strangers can take up is limited. */
    public static Listener toAnybody(String address, Map<String, ? extends HttpServlet> servlets) {
        return toAnybody(address, servlets, OpenFiles.ofThisProcess().visitors(), REQUEST_WITHIN);
    }

    /**
     * With limits of its own.
     *
     * @param most connections at once
     * @param within a request is whole by then, or its connection is closed
     */
    static Listener toAnybody(
            String address,
            Map<String, ? extends HttpServlet> servlets,
            int most,
            Duration within) {
        Server server = server();
        ServerConnector connector = connector(server, address);
        connector.setAcceptQueueSize(most);
        // a connection that was closed is counted, and has its descriptor, for a moment longer
        server.addBean(new NetworkConnectionLimit(2 * most, connector));
        var visitors = new Visitors(most, within, connector.getScheduler());
        connector.addEventListener(visitors);
        visitors.setHandler(context(servlets));
        return start(server, connector, address, new GracefulHandler(visitors));
    }

    private static Server server() {
        var threads = new QueuedThreadPool();
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var server = new Server(threads);
        server.setStopTimeout(GRACE.toMillis());
        return server;
    }

    private static ServerConnector connector(Server server, String address) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        var connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        int colon = address.lastIndexOf(':');
        connector.setHost(address.substring(0, colon).replaceAll("[\\[\\]]", ""));
        connector.setPort(Integer.parseInt(address.substring(colon + 1)));
        connector.setShutdownIdleTimeout(KEPT.toMillis());
        server.addConnector(connector);
        return connector;
    }

    private static ServletContextHandler context(Map<String, ? extends HttpServlet> servlets) {
        var context = new ServletContextHandler("/");
        servlets.forEach((path, servlet) -> {
            var holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            context.addServlet(holder, path);
        });
        return context;
    }

    private static Listener start(
            Server server, ServerConnector connector, String address, Handler handler) {
        server.setHandler(handler);
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
                Problem.stop(
                        Phrase.of("cannot listen on {0}: {1}", address, root(cause)),
                        Phrase.of(
                                "free that port (ss -ltnp shows who has it), or name"
                                        + " another"));
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

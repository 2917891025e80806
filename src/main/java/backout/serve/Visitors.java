package backout.serve;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Those connected to a listener that anybody can reach: few at once, and none who takes long to say
 * what they want. Whoever comes when it is full takes the place of who has been asking for longest:
 * a real request is whole within milliseconds, so a flood pushes out itself. Bytes renew nothing.
 */
final class Visitors extends Handler.Wrapper implements Connection.Listener {
    /** A proxy keeps a connection for a minute. */
    private static final int BETWEEN = 6;

    private final int most;
    private final Duration within;
    private final Scheduler timer;
    private final Object lock = new Object();

    /** Strangers who have not said all, the longest first, each with what ends it. */
    private final Map<Connection, Scheduler.Task> asking = new LinkedHashMap<>();

    /** Whoever was answered and not sent away: a proxy keeps its connections. */
    private final Map<Connection, Scheduler.Task> known = new LinkedHashMap<>();

    /** Whoever has said all and waits for the answer: never closed here. */
    private final Set<Connection> heard = new HashSet<>();

    /**
     * @param within how long after the connection a request is whole; for the next one on it there
     *     is more time
     */
    Visitors(int most, Duration within, Scheduler timer) {
        this.most = most;
        this.within = within;
        this.timer = timer;
    }

    @Override
    public void onOpened(Connection connection) {
        Connection longest = null;
        synchronized (lock) {
            if (asking.size() + known.size() + heard.size() >= most) {
                longest = longest();
            }
            if (longest != null) {
                forget(longest);
            }
            asking.put(connection, deadline(connection, within));
        }
        close(longest);
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (lock) {
            heard.remove(connection);
            forget(connection);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        request.addHttpStreamWrapper(stream -> new Question(stream, connection));
        return super.handle(request, response, callback);
    }

    private @Nullable Connection longest() {
        return Stream.of(asking, known)
                .flatMap(each -> each.keySet().stream())
                .findFirst()
                .orElse(null);
    }

    private Scheduler.Task deadline(Connection connection, Duration time) {
        return timer.schedule(() -> late(connection), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void late(Connection connection) {
        boolean stillAsks;
        synchronized (lock) {
            stillAsks = forget(connection);
        }
        if (stillAsks) {
            close(connection);
        }
    }

    private void hear(Connection connection) {
        synchronized (lock) {
            if (forget(connection)) {
                heard.add(connection);
            }
        }
    }

    private void answered(Connection connection) {
        synchronized (lock) {
            if (heard.remove(connection)) {
                known.put(connection, deadline(connection, within.multipliedBy(BETWEEN)));
            }
        }
    }

    /** Whether it was asking. */
    private boolean forget(Connection connection) {
        Scheduler.Task stranger = asking.remove(connection);
        Scheduler.Task deadline = stranger == null ? known.remove(connection) : stranger;
        if (deadline == null) {
            return false;
        }
        var _ = deadline.cancel();
        return true;
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            connection.getEndPoint().close();
        }
    }

    /** A request that is listened to, until it is answered. */
    private final class Question extends HttpStream.Wrapper {
        private final Connection connection;

        private Question(HttpStream stream, Connection connection) {
            super(stream);
            this.connection = connection;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast() && !Content.Chunk.isFailure(chunk)) {
                hear(connection);
            }
            return chunk;
        }

        @Override
        public void succeeded() {
            answered(connection);
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            answered(connection);
            super.failed(failure);
        }
    }
}

package backout.host;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.ProblemException;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The way to a machine: one connection that all short commands share, made when it is needed and
 * anew when it was cut. What could hold the others up has one of its own.
 */
final class SshLink {
    /** OpenSSH allows ten (MaxSessions); two are left for ending what does not end by itself. */
    private static final int AT_ONCE = 8;

    private static final int NO_ANSWER = -1;

    private final Machine machine;
    private final Optional<SshHost> jump;
    private final Secrets secrets;
    private final Patience patience;
    private final Semaphore room = new Semaphore(AT_ONCE, true);
    private @Nullable CompletableFuture<SshConnection> shared;

    SshLink(Machine machine, Optional<SshHost> jump, Secrets secrets, Patience patience) {
        this.machine = machine;
        this.jump = jump;
        this.secrets = secrets;
        this.patience = patience;
    }

    /** A channel that is open, and what must be given back with it. */
    record Open<C extends Channel>(C channel, SshConnection on, Runnable after)
            implements AutoCloseable {
        @Override
        public void close() {
            channel.disconnect();
            after.run();
        }
    }

    Machine machine() {
        return machine;
    }

    Patience patience() {
        return patience;
    }

    /**
     * Opens one on the shared connection, when there is room within that time.
     *
     * @throws ProblemException when none was opened: nothing has begun
     */
    <C extends Channel> Open<C> shared(
            String type, Class<C> is, Consumer<C> prepare, Duration within) {
        takeRoom(within);
        try {
            return anew(type, is, prepare, room::release);
        } catch (RuntimeException e) {
            room.release();
            throw e;
        }
    }

    /** The same at once: for what ends another. */
    <C extends Channel> Open<C> urgent(String type, Class<C> is, Consumer<C> prepare) {
        return anew(type, is, prepare, () -> {});
    }

    /** The same on a connection of its own, which is cut afterwards. */
    <C extends Channel> Open<C> own(String type, Class<C> is, Consumer<C> prepare) {
        SshConnection own = connect();
        try {
            return new Open<>(opened(own, type, is, prepare), own, own::cut);
        } catch (Unopened e) {
            own.cut();
            throw ProblemException.unseen(new SshFailure(machine).noChannel(e.why));
        }
    }

    /** Those that are at work may be on a line that is cut: nobody has seen the machine refuse. */
    private void takeRoom(Duration within) {
        try {
            if (room.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unseen(
                new SshFailure(machine)
                        .told(
                                Phrase.of(
                                        "{0} commands are at work there and none ended in time;"
                                                + " this one was not begun",
                                        AT_ONCE),
                                Phrase.of("wait until they end, then ask again")));
    }

    /**
     * A connection that was cut unseen begins nothing, nor does a server that allows fewer at once:
     * then another connection is asked.
     */
    private <C extends Channel> Open<C> anew(
            String type, Class<C> is, Consumer<C> prepare, Runnable after) {
        SshConnection connection = shared();
        try {
            return new Open<>(openedOfTwo(connection, type, is, prepare), connection, after);
        } catch (Unopened e) {
            if (e.isNobodyThere) {
                throw ProblemException.unseen(new SshFailure(machine).noChannel(e.why));
            }
            if (e.isSilent) {
                forget(connection);
            }
            Open<C> own = own(type, is, prepare);
            return new Open<>(
                    own.channel(),
                    own.on(),
                    () -> {
                        own.after().run();
                        after.run();
                    });
        }
    }

    /** A server counts one that was closed just now until it has read on: then it has room. */
    private <C extends Channel> C openedOfTwo(
            SshConnection on, String type, Class<C> is, Consumer<C> prepare) throws Unopened {
        try {
            return opened(on, type, is, prepare);
        } catch (Unopened e) {
            if (e.isSilent || e.isNobodyThere) {
                throw e;
            }
            return opened(on, type, is, prepare);
        }
    }

    private <C extends Channel> C opened(
            SshConnection on, String type, Class<C> is, Consumer<C> prepare) throws Unopened {
        C channel = null;
        try {
            channel = is.cast(on.channel(type));
            prepare.accept(channel);
            channel.connect((int) patience.connect().toMillis());
            return channel;
        } catch (JSchException e) {
            throw new Unopened(type, channel == null ? NO_ANSWER : channel.getExitStatus(), e);
        }
    }

    /** A channel that was not opened: nothing has begun. The reasons are those of RFC 4254, 5.1. */
    private static final class Unopened extends Exception {
        private final transient Phrase why;
        private final boolean isSilent;
        private final boolean isNobodyThere;

        Unopened(String type, int reason, JSchException cause) {
            super(cause);
            isSilent = reason < 0;
            // OpenSSH says so of a command too, when too many are at work
            isNobodyThere = reason == 2 && !type.equals("exec");
            why =
                    switch (reason) {
                        case 1 -> Phrase.of("its SSH server forbids it");
                        case 2, 4 ->
                                isNobodyThere
                                        ? Phrase.of(
                                                "nobody listens there, or its SSH server forbids"
                                                        + " it")
                                        : Phrase.of("its SSH server has no room for it");
                        default -> Phrase.of("it does not answer");
                    };
        }
    }

    private SshConnection shared() {
        CompletableFuture<SshConnection> mine = null;
        CompletableFuture<SshConnection> at;
        synchronized (this) {
            if (shared == null || (shared.isDone() && !isUp(shared))) {
                mine = new CompletableFuture<>();
                shared = mine;
            }
            at = shared;
        }
        if (mine != null) {
            complete(mine);
        }
        try {
            return at.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    private void complete(CompletableFuture<SshConnection> mine) {
        try {
            mine.complete(connect());
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
    }

    private static boolean isUp(CompletableFuture<SshConnection> done) {
        return !done.isCompletedExceptionally() && done.join().isUp();
    }

    /** Whether somebody is logged in now. */
    synchronized boolean isUp() {
        return shared != null && shared.isDone() && isUp(shared);
    }

    /** It is cut when whoever is still on it notices, or by its own keep-alive. */
    private synchronized void forget(SshConnection connection) {
        if (shared != null && shared.isDone() && !shared.isCompletedExceptionally()) {
            if (shared.join() == connection) {
                shared = null;
            }
        }
    }

    /** A new one, of the caller's own. */
    SshConnection connect() {
        return SshConnection.open(machine, at(), secrets, patience);
    }

    PinnedKey scan() {
        return SshConnection.scan(machine, at(), patience);
    }

    private InetSocketAddress at() {
        return jump.map(by -> by.reach(machine.address(), machine.port()))
                .orElseGet(() ->
                        InetSocketAddress.createUnresolved(machine.address(), machine.port()));
    }

    void close() {
        CompletableFuture<SshConnection> last;
        synchronized (this) {
            last = shared;
            shared = null;
        }
        if (last != null) {
            var _ = last.thenAccept(SshConnection::cut);
        }
    }
}

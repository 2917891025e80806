package backout.host;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.ChannelDirectTCPIP;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Places on this machine that lead to one on another; what is cut there is cut here. */
final class SshDoors {
    private static final Logger log = LoggerFactory.getLogger(SshDoors.class);
    private static final Pattern TCP = Pattern.compile("tcp://(.+):(\\d{1,5})");

    private final SshLink link;
    private final Function<String, Optional<Problem>> amiss;
    private final Map<String, ServerSocketChannel> open = new HashMap<>();
    private @Nullable Path folder;

    /**
     * @param link of its own: a reader that stands still must hold up no command
     * @param amiss why nobody is reached at a socket there, where more is known
     */
    SshDoors(SshLink link, Function<String, Optional<Problem>> amiss) {
        this.link = link;
        this.amiss = amiss;
    }

    synchronized InetSocketAddress reach(String address, int port) {
        var there = new Tcp(address, port);
        return (InetSocketAddress) addressOf(opened(there.toString(), there, false));
    }

    /** Of an engine's address there. A socket in a folder that no other user can enter. */
    synchronized String door(String engine) {
        var tcp = TCP.matcher(engine);
        Way there =
                tcp.matches()
                        ? new Tcp(tcp.group(1), Integer.parseInt(tcp.group(2)))
                        : new Unix(engine.replaceFirst("^unix://", ""));
        return "unix://" + addressOf(opened("door " + engine, there, true));
    }

    private static SocketAddress addressOf(ServerSocketChannel server) {
        try {
            return server.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("it is open", e);
        }
    }

    private ServerSocketChannel opened(String name, Way there, boolean isEngine) {
        ServerSocketChannel known = open.get(name);
        if (known != null) {
            return known;
        }
        try {
            ServerSocketChannel server = isEngine ? unix() : loopback();
            open.put(name, server);
            Thread.ofVirtual().name("door").start(() -> serve(server, there, isEngine));
            return server;
        } catch (IOException e) {
            throw new ProblemException(
                    new SshFailure(link.machine())
                            .told(
                                    Phrase.of("no way to it can be opened here: {0}", Cause.of(e)),
                                    Phrase.of("make room in the folder for temporary files")));
        }
    }

    private ServerSocketChannel unix() throws IOException {
        Path own = folder;
        if (own == null) {
            own = Scratch.folder();
            folder = own;
        }
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(own.resolve(open.size() + ".sock")));
    }

    private static ServerSocketChannel loopback() throws IOException {
        return ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void serve(ServerSocketChannel server, Way there, boolean isEngine) {
        try {
            while (true) {
                SocketChannel caller = server.accept();
                Thread.ofVirtual().name("relay").start(() -> relay(caller, there, isEngine));
            }
        } catch (IOException closed) {
            log.debug("{} is closed", there, closed);
        }
    }

    private void relay(SocketChannel caller, Way there, boolean isEngine) {
        try (caller) {
            pass(caller, there, isEngine);
        } catch (IOException e) {
            log.debug("{} was cut", there, e);
        }
    }

    private void pass(SocketChannel caller, Way there, boolean isEngine) throws IOException {
        var back = new Back(caller);
        var from = Channels.newInputStream(caller);
        try (var way = there.open(link, back)) {
            back.leadsBack();
            OutputStream to = way.channel().getOutputStream();
            var chunk = new byte[32 * 1024];
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                to.write(chunk, 0, read);
                to.flush();
            }
        } catch (ProblemException e) {
            log.info("{}", e.problem());
            if (isEngine && from.read(new byte[32 * 1024]) > 0) {
                back.write(answer(told(there, e.problem())));
            }
        }
    }

    private Problem told(Way there, Problem problem) {
        try {
            return there instanceof Unix(String path) && link.isUp()
                    ? amiss.apply(path).orElse(problem)
                    : problem;
        } catch (ProblemException unknown) {
            log.debug("{} is not looked at", there, unknown);
            return problem;
        }
    }

    /** What comes from there; the library closes it even when no way was opened. */
    private static final class Back extends OutputStream {
        private final OutputStream to;
        private boolean isOpen;
        private boolean isOver;

        Back(SocketChannel caller) {
            this.to = Channels.newOutputStream(caller);
        }

        synchronized void leadsBack() throws IOException {
            isOpen = true;
            if (isOver) {
                to.close();
            }
        }

        @Override
        public void write(int one) throws IOException {
            to.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            to.write(bytes, from, count);
        }

        @Override
        public synchronized void close() throws IOException {
            isOver = true;
            if (isOpen) {
                to.close();
            }
        }
    }

    /** Whoever speaks to an engine hears in its own way why there is none. */
    private static byte[] answer(Problem why) {
        byte[] said =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("message", why.toString())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        var answer = new ByteArrayOutputStream();
        answer.writeBytes(
                ("HTTP/1.1 502 Bad Gateway\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Connection: close\r\n"
                                + "Content-Length: "
                                + said.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(said);
        return answer.toByteArray();
    }

    /** What a door leads to, as it is named there. */
    private sealed interface Way {
        SshLink.Open<? extends Channel> open(SshLink link, OutputStream back);
    }

    private record Tcp(String address, int port) implements Way {
        @Override
        public SshLink.Open<? extends Channel> open(SshLink link, OutputStream back) {
            return link.urgent(
                    "direct-tcpip",
                    ChannelDirectTCPIP.class,
                    channel -> {
                        channel.setHost(address);
                        channel.setPort(port);
                        channel.setOutputStream(back);
                    });
        }
    }

    private record Unix(String path) implements Way {
        @Override
        public SshLink.Open<? extends Channel> open(SshLink link, OutputStream back) {
            return link.urgent(
                    "direct-streamlocal@openssh.com",
                    ChannelDirectStreamLocal.class,
                    channel -> {
                        channel.setSocketPath(path);
                        channel.setOutputStream(back);
                    });
        }
    }

    synchronized void close() {
        for (ServerSocketChannel server : open.values()) {
            try {
                server.close();
            } catch (IOException e) {
                log.debug("closing {}", server, e);
            }
        }
        open.clear();
        link.close();
        Path own = folder;
        folder = null;
        if (own != null) {
            try {
                Scratch.remove(own);
            } catch (IOException e) {
                log.warn("{} stays behind: {}", own, e.getMessage());
            }
        }
    }
}

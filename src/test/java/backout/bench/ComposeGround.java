package backout.bench;

import backout.bench.RelayServiceImages.Pushed;
import backout.fixture.ComposeSite;
import backout.fixture.Engine;
import backout.fixture.Folders;
import backout.fixture.RelayImages;
import backout.story.Relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** The guide's project on this machine's engine, and what is done to it between two rounds. */
final class ComposeGround {
    private final RelayServiceImages images;
    private final Pushed good;
    private final Pushed broken;
    private final ComposeSite site;
    private final Relay relay;

    /** Makes everything; runs the release that is to be rolled back. */
    ComposeGround(Leavings leavings) throws IOException {
        images = leavings.add(new RelayServiceImages());
        good = images.good();
        broken = images.broken();
        site = new ComposeSite(Engine.ofThisMachine(), broken.name(), images.redis().name());
        relay =
                leavings.add(
                        new Relay(
                                site,
                                new RelayImages(Engine.ofThisMachine()),
                                "unix:///var/run/docker.sock"));
        site.up();
        site.awaitHealthy();
        relay.repositories(
                        images.registry() + "/" + EmergencyScript.TO,
                        images.registry() + "/" + EmergencyScript.FROM)
                .target(redis())
                .policy(1)
                .proven(good.id(), good.pinned(), RelayServiceImages.OLD);
    }

    private String redis() {
        return "redis: {address: \"127.0.0.1:" + site.redisPort() + "\", service: redis}";
    }

    ComposeSite site() {
        return site;
    }

    Relay relay() {
        return relay;
    }

    int port() {
        return URI.create(site.url()).getPort();
    }

    String script() {
        return EmergencyScript.text(images.registry(), site.url());
    }

    /** Back to the release that is to be rolled back, as somebody deploys it. */
    void reset() {
        site.upgradeTo(broken.name());
        site.awaitHealthy();
    }

    /** What a person changes in the file before they type {@code up}. */
    void editByHand() throws IOException {
        String text = Files.readString(site.composeFile());
        Files.writeString(
                site.composeFile(),
                text.replaceFirst(
                        "image: \\S+" + Matcher.quoteReplacement(EmergencyScript.FROM) + "\\S*",
                        "image: " + good.name()));
    }

    /** Whether the release runs that was to be rolled back to. */
    void assertRolledBack() {
        if (!site.imageId(ComposeSite.RELAY).equals(good.id())) {
            throw new IllegalStateException("the good release does not run");
        }
    }

    void forgetGood() {
        images.forget(good);
    }

    /** So many bytes of logs in the project's folder, below this name. */
    void writeLogs(String name, long bytes) throws IOException {
        new MixedData().logs(site.folder().resolve("logs").resolve(name), bytes);
    }

    void removeLogs(String name) {
        Folders.delete(site.folder().resolve("logs").resolve(name));
    }

    Path folder() {
        return site.folder();
    }

    /** Requests in flight: each has got the beginning of an answer that has no end. */
    List<Socket> streams(int count) throws IOException {
        var streams = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port());
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(
                            "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            var seen = new StringBuilder();
            while (!seen.toString().endsWith("data: token")) {
                int c = in.read();
                if (c < 0) {
                    throw new IOException("the stream ended: " + seen);
                }
                seen.append((char) c);
            }
            streams.add(socket);
        }
        return streams;
    }
}

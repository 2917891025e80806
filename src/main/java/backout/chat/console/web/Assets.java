package backout.chat.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The style sheet and the script, from the jar; browsers keep them until they change. */
final class Assets {
    private record Asset(String type, String text, String tag) {}

    private final Map<String, Asset> assets =
            Map.of(
                    "/console.css", read("console.css", "text/css"),
                    "/console.js", read("console.js", "text/javascript"));

    private static Asset read(String name, String type) {
        try (InputStream file = Assets.class.getResourceAsStream("/backout/console/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Asset(type, text, "\"" + Secrets.hash(text).substring(0, 16) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String path) {
        return assets.containsKey(path);
    }

    /** 304 for who has it already. */
    void send(Exchange exchange) throws IOException {
        Asset asset = assets.get(exchange.path());
        if (asset == null) {
            throw new IllegalArgumentException("no asset: " + exchange.path());
        }
        exchange.response().setHeader("Cache-Control", "no-cache");
        exchange.response().setHeader("ETag", asset.tag());
        if (asset.tag().equals(exchange.request().getHeader("If-None-Match"))) {
            exchange.response().setStatus(304);
        } else {
            exchange.send(200, asset.type(), asset.text());
        }
    }
}

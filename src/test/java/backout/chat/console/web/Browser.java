package backout.chat.console.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Speaks HTTP by hand, so that a test may send what no browser would. Keeps its cookie as browsers
 * do.
 */
final class Browser {
    private static final int DEADLINE_MILLIS = 60_000;

    private final int port;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String cookie = "";

    Browser(int port) {
        this.port = port;
        headers.put("Host", Guard.OWN + ":" + port);
    }

    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        /** The value of the first hidden input of this name. */
        String field(String name) {
            var matcher = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
            if (!matcher.find()) {
                throw new AssertionError("no field " + name + " in " + body);
            }
            return matcher.group(1);
        }
    }

    /** Sends this header from now on; an empty value sends it no more. */
    Browser with(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    String cookie() {
        return cookie;
    }

    Browser cookie(String cookie) {
        this.cookie = cookie;
        return this;
    }

    Answer get(String path) {
        return send("GET", path, Optional.empty());
    }

    /** As a form of a page of the console. */
    Answer post(String path, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send("POST", path, Optional.of(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Types words into the input line of a page that was just loaded. */
    Answer say(String words) {
        Answer page = get("/");
        return post(
                "/say",
                Map.of(
                        "csrf", page.field("csrf"),
                        "delivery", page.field("delivery"),
                        "words", words));
    }

    Answer send(String method, String path, Optional<String> body) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            request(socket, method, path, body);
            return read(reader(socket), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the connection; events are read line by line. */
    Events events(String path) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(DEADLINE_MILLIS);
            request(socket, "GET", path, Optional.empty());
            var reader = reader(socket);
            return new Events(socket, reader, read(reader, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private void request(Socket socket, String method, String path, Optional<String> body)
            throws IOException {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        var all = new LinkedHashMap<>(headers);
        if (!cookie.isEmpty()) {
            all.put("Cookie", cookie);
        }
        body.ifPresent(content -> {
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
            all.putIfAbsent("Origin", "http://" + Guard.OWN + ":" + port);
            all.putIfAbsent("Sec-Fetch-Site", "same-origin");
            all.put("Content-Length", "" + content.getBytes(StandardCharsets.UTF_8).length);
        });
        all.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("\r\n").append(body.orElse(""));
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private Answer read(BufferedReader reader, boolean whole) throws IOException {
        String line = Optional.ofNullable(reader.readLine()).orElse("HTTP/1.1 0 closed");
        int status = Integer.parseInt(line.split(" ")[1]);
        var got = new LinkedHashMap<String, String>();
        while ((line = reader.readLine()) != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            got.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        String set = got.getOrDefault("set-cookie", "");
        if (!set.isEmpty()) {
            cookie = set.substring(0, set.indexOf(';'));
        }
        return new Answer(
                status, got, whole ? reader.lines().collect(Collectors.joining("\n")) : "");
    }

    /** A stream of events. */
    record Events(Socket socket, BufferedReader reader, Answer answer) implements AutoCloseable {
        /** The lines up to and with the first that holds this. */
        String until(String part) {
            var seen = new StringBuilder();
            long end = System.nanoTime() + DEADLINE_MILLIS * 1_000_000L;
            try {
                String line;
                while (System.nanoTime() < end && (line = reader.readLine()) != null) {
                    seen.append(line).append('\n');
                    if (line.contains(part)) {
                        return seen.toString();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new AssertionError("nothing came with \"" + part + "\": " + seen);
        }

        /** Reads whatever still comes until the other side ends. */
        boolean ends() {
            try {
                return reader.lines().count() >= 0;
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package backout.chat.console.web;

import backout.language.Language;
import backout.language.Phrase;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One request and its answer. */
final class Exchange {
    /** A form of this console is far smaller. */
    static final int MOST_BYTES = 64 * 1024;

    /** Set by the page's script; every bot on this host may read it. */
    private static final String ZONE = "backout-zone";

    private static final String POLICY =
            """
            default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
            form-action 'self'; frame-ancestors 'none'; base-uri 'none'\
            """;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Language language;

    /**
     * @param usual for who asks for no language that there is
     */
    Exchange(HttpServletRequest request, HttpServletResponse response, Language usual) {
        this.request = request;
        this.response = response;
        this.language =
                Reader.of(request.getHeader("Accept-Language"), usual)
                        .in(Reader.zone(named(ZONE), usual.zone()));
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        // no-referrer would make browsers send "Origin: null" with our own forms
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    /** What who asks wants to read. */
    Language language() {
        return language;
    }

    String path() {
        return request.getRequestURI();
    }

    /** One value of the query; empty where it is not there. */
    String query(String name) throws Refused {
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        return Objects.requireNonNullElse(values(query).get(name), "");
    }

    /**
     * The fields of the form that was sent.
     *
     * @throws Refused when it is no form, or too long; the rest of it is not read
     */
    Map<String, String> form() throws IOException, Refused {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new Refused(
                    415,
                    Phrase.of("only forms are understood"),
                    Phrase.of("press it on the console"));
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Refused(
                    413,
                    Phrase.of("that is too long: over 64 kB"),
                    Phrase.of("say it with fewer words"));
        }
        return values(new String(body, StandardCharsets.UTF_8));
    }

    private static Map<String, String> values(String encoded) throws Refused {
        var values = new HashMap<String, String>();
        try {
            for (String pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.put(
                            decoded(pair.substring(0, equals)),
                            decoded(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    400, Phrase.of("this form cannot be read"), Phrase.of("load the page again"));
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Two bots behind one host name must not end each other's sessions. */
    private String cookieName() {
        return "backout-" + request.getServerPort();
    }

    Optional<String> cookie() {
        return named(cookieName());
    }

    private Optional<String> named(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** An empty token takes the cookie back. */
    void cookie(String token) {
        long seconds = token.isEmpty() ? 0 : Sessions.LAST.toSeconds();
        response.addHeader(
                "Set-Cookie",
                cookieName()
                        + "="
                        + token
                        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                        + seconds
                        + (request.isSecure() ? "; Secure" : ""));
    }

    /** After a POST: loading the page again sends nothing again. */
    void goTo(String path) {
        response.setStatus(303);
        response.setHeader("Location", path);
    }

    void page(int status, Html page) throws IOException {
        send(status, "text/html", "<!doctype html>\n" + page.in(language));
    }

    /** A part of a page. */
    void part(Html part) throws IOException {
        send(200, "text/html", part.in(language));
    }

    /** With HEAD the length alone. */
    void send(int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type + ";charset=utf-8");
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }
}

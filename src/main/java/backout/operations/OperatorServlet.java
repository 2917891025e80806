package backout.operations;

import backout.operations.Lookout.Row;
import backout.operations.Lookout.State;
import backout.run.Loop;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What programs ask without a sign-in: {@code /healthz}, {@code /readyz}, {@code /metrics}. Asked
 * by an address, by a name of one word (a container's) or by one below {@code localhost}: any other
 * name may be a stranger's that leads here (DNS rebinding), so that a browser would read it to the
 * stranger's page.
 */
public final class OperatorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final Pattern OURS =
            Pattern.compile(
                    "(?i)(?:[0-9.]+|\\[[0-9a-f:.]+]|[^.:\\[]*|[^:]*\\.localhost)(?::[0-9]+)?");
    private static final JsonMapper JSON = new JsonMapper();

    private final transient Answerer answerer;

    @FunctionalInterface
    private interface Answerer {
        void answer(HttpServletResponse response) throws IOException;
    }

    private OperatorServlet(Answerer answerer) {
        this.answerer = answerer;
    }

    /**
     * The process lives and each of its own loops comes round. Says nothing about the world
     * outside: starting the bot again would not mend that.
     */
    public static OperatorServlet health(Supplier<List<Loop>> loops) {
        return new OperatorServlet(response -> {
            var body = JSON.createObjectNode();
            var rows = body.putArray("loops");
            boolean well = true;
            for (Loop loop : loops.get()) {
                Optional<String> trouble = loop.trouble();
                well &= trouble.isEmpty();
                rows.addObject()
                        .put("name", loop.name())
                        .put("ok", trouble.isEmpty())
                        .put("says", trouble.orElse("came round"))
                        .put("age-seconds", loop.age().toSeconds());
            }
            body.put("status", well ? "ok" : "stuck");
            json(response, well, body);
        });
    }

    /**
     * Whether a rollback that is asked for now would find what it needs. Answers from what was seen
     * last, with its age; what nobody knows counts as not ready.
     */
    public static OperatorServlet ready(Lookout lookout) {
        return new OperatorServlet(response -> {
            var body = JSON.createObjectNode();
            var notReady = body.putArray("not-ready");
            var rows = body.putArray("checks");
            for (Row row : lookout.rows()) {
                if (row.state() != State.READY) {
                    notReady.add(row.name());
                }
                var json = rows.addObject().put("name", row.name());
                json.put("state", row.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
                json.put("says", row.says());
                row.age().ifPresent(age -> json.put("age-seconds", age.toSeconds()));
            }
            body.put("ready", notReady.isEmpty());
            json(response, notReady.isEmpty(), body);
        });
    }

    public static OperatorServlet metrics(Metrics metrics) {
        return new OperatorServlet(
                response -> send(response, "text/plain; version=0.0.4", metrics.scrape()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String host = Objects.requireNonNullElse(request.getHeader("Host"), "");
        if (OURS.matcher(host).matches()) {
            super.service(request, response);
            return;
        }
        response.setStatus(421);
        send(response, "text/plain", "ask by an address, or a name without a dot\n");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answerer.answer(response);
    }

    /** 200 where all is well, else 503. */
    private static void json(HttpServletResponse response, boolean well, JsonNode body)
            throws IOException {
        response.setStatus(well ? 200 : 503);
        send(response, "application/json", body.toString() + "\n");
    }

    /** What no cache keeps and no browser takes for a page. */
    private static void send(HttpServletResponse response, String type, String body)
            throws IOException {
        response.setContentType(type.startsWith("text/") ? type + "; charset=utf-8" : type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

package backout.operations;

import backout.run.Loop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /healthz}: the process lives and each of its own loops comes round. Says nothing about the
 * world outside: starting the bot again would not mend that.
 */
public final class HealthServlet extends ForOperators {
    private static final long serialVersionUID = 1;

    private final transient Supplier<List<Loop>> loops;

    public HealthServlet(Supplier<List<Loop>> loops) {
        this.loops = loops;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var body = Answer.object();
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
        Answer.json(response, well, body);
    }
}

package backout.operations;

import backout.operations.Lookout.Row;
import backout.operations.Lookout.State;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Locale;

/**
 * {@code /readyz}: whether a rollback that is asked for now would find what it needs. Answers from
 * what was seen last, with its age; what nobody knows counts as not ready.
 */
public final class ReadyServlet extends ForOperators {
    private static final long serialVersionUID = 1;

    private final transient Lookout lookout;

    public ReadyServlet(Lookout lookout) {
        this.lookout = lookout;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var body = Answer.object();
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
        Answer.json(response, notReady.isEmpty(), body);
    }
}

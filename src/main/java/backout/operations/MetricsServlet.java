package backout.operations;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** {@code /metrics} */
public final class MetricsServlet extends ForOperators {
    private static final long serialVersionUID = 1;
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final transient Metrics metrics;

    public MetricsServlet(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer.send(response, TYPE, metrics.scrape());
    }
}

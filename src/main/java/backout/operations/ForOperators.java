package backout.operations;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What programs ask without a sign-in. Asked by an address, by a name of one word (a container's)
 * or by one below {@code localhost}: any other name may be a stranger's that leads here (DNS
 * rebinding), so that a browser would read it to the stranger's page.
 */
abstract class ForOperators extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final Pattern OURS =
            Pattern.compile(
                    "(?i)(?:[0-9.]+|\\[[0-9a-f:.]+]|[^.:\\[]*|[^:]*\\.localhost)(?::[0-9]+)?");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String host = Objects.requireNonNullElse(request.getHeader("Host"), "");
        if (!OURS.matcher(host).matches()) {
            response.setStatus(421);
            Answer.send(
                    response,
                    "text/plain; charset=utf-8",
                    "ask by an address, or a name without a dot\n");
            return;
        }
        super.service(request, response);
    }
}

package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.frontdesk.Doctor;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.ProblemException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web console, to be served at {@code /*} of the private listener. Close it before the
 * listener: its streams of events would keep that waiting.
 */
public final class ConsoleServlet extends HttpServlet implements AutoCloseable {
    private static final long serialVersionUID = 1;

    private static final Pattern LINK = Pattern.compile("/signin/([A-Za-z0-9_-]{1,100})");
    private static final Pattern DELIVERY = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Set<String> ACTIONS =
            Set.of(
                    "/say",
                    "/press",
                    "/form",
                    "/dismiss",
                    "/signin",
                    "/signout",
                    "/demo",
                    "/examine");
    private static final Set<String> PARTS = Set.of("/events", "/complete");
    private static final Logger log = LoggerFactory.getLogger(ConsoleServlet.class);

    private final transient Bot bot;
    private final transient Language language;
    private final transient Guard guard;
    private final transient Assets assets = new Assets();
    private final transient Feed feed;
    private final transient Sessions sessions;
    private final transient Layout layout;
    private final transient Entrance entrance;
    private final transient Pages pages;
    private final transient Requests requests;
    private final transient Streams streams;
    private final transient Checkup checkup;

    /**
     * What a browser on this machine opens for a listener's address.
     *
     * @param host as configured
     */
    public static String browsed(String host, int port) {
        return "http://" + (Guard.isLoopback(host) ? Guard.OWN : host) + ":" + port;
    }

    /**
     * @param language of who does not say which they read, with the zone of who does not tell
     *     theirs
     * @param hosts names besides the loopback's under which people reach it, without a port
     * @param demo whether anybody may be anybody without signing in
     */
    public ConsoleServlet(
            Bot bot,
            Language language,
            SignInLinks links,
            Set<String> hosts,
            boolean demo,
            Doctor doctor) {
        this(bot, language, links, hosts, demo, doctor, Streams.Pace.USUAL);
    }

    ConsoleServlet(
            Bot bot,
            Language language,
            SignInLinks links,
            Set<String> hosts,
            boolean demo,
            Doctor doctor,
            Streams.Pace pace) {
        this.bot = bot;
        this.language = language;
        this.guard = new Guard(hosts);
        this.feed = new Feed(bot.journal(), bot::halted, bot::word);
        this.sessions =
                new Sessions(
                        links.sessions(),
                        name -> bot.site().people().containsKey(name),
                        bot.clock(),
                        feed::next);
        this.layout = new Layout(bot, demo);
        this.entrance = new Entrance(bot, links, sessions, layout);
        this.requests = new Requests(bot);
        this.checkup = new Checkup(doctor, bot.clock());
        var channel = new ChannelPage(bot, feed, layout);
        this.pages = new Pages(bot, layout, channel, checkup);
        this.streams = new Streams(feed, channel, sessions, pace);
    }

    /** How many streams of events are open. */
    int streams() {
        return streams.open();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var exchange = new Exchange(request, response, language);
        try {
            guard.checkHost(request);
            Optional<String> own = Guard.elsewhere(request);
            if (own.isPresent()) {
                lead(exchange, own.get());
                return;
            }
            switch (request.getMethod()) {
                case "GET", "HEAD" -> show(exchange);
                case "POST" -> act(exchange);
                default -> throw notAllowed(exchange);
            }
        } catch (Refused e) {
            exchange.page(e.status(), layout.problem(e.status(), e));
        } catch (ProblemException e) {
            // not the path: it may hold a token
            log.warn("the console: {}", e.problem());
            var refused = new Refused(500, e.problem().phrase(), e.problem().next());
            exchange.page(500, layout.problem(500, refused));
        }
    }

    /** Nobody signs in under a name that other services of this machine have as well. */
    private static void lead(Exchange exchange, String own) throws Refused {
        if (!Set.of("GET", "HEAD").contains(exchange.request().getMethod())) {
            throw new Refused(
                    421,
                    Phrase.of("nothing was done: this console has a name of its own"),
                    Phrase.of("open it as {0}", Guard.OWN));
        }
        exchange.goTo(own);
    }

    private static Refused notAllowed(Exchange exchange) {
        String allowed = ACTIONS.contains(exchange.path()) ? "POST" : "GET, HEAD";
        exchange.response().setHeader("Allow", allowed);
        return new Refused(
                405,
                Phrase.of("that cannot be done with this address"),
                Phrase.of("open the console"));
    }

    private void show(Exchange exchange) throws IOException, Refused {
        String path = exchange.path();
        Matcher link = LINK.matcher(path);
        if (assets.has(path)) {
            assets.send(exchange);
        } else if (link.matches()) {
            entrance.offer(exchange, link.group(1));
        } else if (path.equals("/signin")) {
            entrance.tell(exchange);
        } else if (ACTIONS.contains(path)) {
            throw notAllowed(exchange);
        } else {
            showTo(exchange.cookie().flatMap(sessions::of), exchange);
        }
    }

    private void showTo(Optional<Session> session, Exchange exchange) throws IOException, Refused {
        String path = exchange.path();
        if (!pages.has(path) && !PARTS.contains(path)) {
            throw Refused.notFound();
        }
        if (session.isEmpty()) {
            if (PARTS.contains(path)) {
                throw Pages.signedOut();
            }
            exchange.goTo("/signin");
        } else if (pages.has(path)) {
            pages.show(session.get(), exchange);
        } else if (path.equals("/complete")) {
            var suggestions = new Suggestions(bot.site(), bot.journal());
            exchange.part(suggestions.of(exchange.query("words")));
        } else {
            stream(exchange, session.get());
        }
    }

    private void stream(Exchange exchange, Session session) throws IOException, Refused {
        String last = exchange.request().getHeader("Last-Event-ID");
        String mark = last == null ? exchange.query("since") : last;
        if (exchange.request().getMethod().equals("HEAD")) {
            throw notAllowed(exchange);
        }
        streams.serve(exchange, session, mark);
    }

    private void act(Exchange exchange) throws IOException, Refused {
        if (!ACTIONS.contains(exchange.path())) {
            throw isPage(exchange.path()) ? notAllowed(exchange) : Refused.notFound();
        }
        guard.checkOrigin(exchange.request());
        Map<String, String> sent = exchange.form();
        Optional<Session> session = exchange.cookie().flatMap(sessions::of);
        switch (exchange.path()) {
            case "/signin" -> entrance.signIn(exchange, session, sent);
            case "/demo" -> entrance.become(exchange, session, sent);
            default -> act(exchange, session, sent);
        }
    }

    private boolean isPage(String path) {
        return pages.has(path)
                || path.equals("/signin")
                || PARTS.contains(path)
                || assets.has(path);
    }

    private void act(Exchange exchange, Optional<Session> signedIn, Map<String, String> sent)
            throws Refused {
        Session session =
                signedIn.orElseThrow(() ->
                        new Refused(
                                401,
                                Phrase.of("you are not signed in (any more); nothing was done"),
                                Phrase.of("sign in again")));
        session.checkToken(sent);
        if (!DELIVERY.matcher(sent.getOrDefault("delivery", "")).matches()) {
            throw new Refused(
                    400, Phrase.of("this form lacks its id"), Phrase.of("load the page again"));
        }
        String shown =
                switch (exchange.path()) {
                    case "/say" -> requests.say(session, sent);
                    case "/press" -> requests.press(session, sent);
                    case "/form" -> requests.fill(session, sent);
                    case "/dismiss" -> dismiss(session, sent);
                    default -> "";
                };
        if (exchange.path().equals("/examine")) {
            checkup.begin(session.person());
            exchange.goTo("/doctor");
            return;
        }
        if (exchange.path().equals("/signout")) {
            sessions.end(session);
            exchange.cookie("");
        }
        exchange.goTo(shown.isEmpty() ? "/" : "/?at=" + shown + "#" + shown);
    }

    private static String dismiss(Session session, Map<String, String> sent) {
        session.dismiss(sent.getOrDefault("notice", ""));
        return "words";
    }

    @Override
    public void close() {
        streams.close();
        requests.close();
        checkup.close();
    }

    @Override
    public void destroy() {
        close();
    }
}

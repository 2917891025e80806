package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.language.Phrase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Who comes in: by a link that the host made, once; in a demo, anybody as anybody. */
final class Entrance {
    private static final Logger log = LoggerFactory.getLogger(Entrance.class);

    private final Bot bot;
    private final SignInLinks links;
    private final Sessions sessions;
    private final Layout layout;
    private final SignInPages pages;

    Entrance(Bot bot, SignInLinks links, Sessions sessions, Layout layout) {
        this.bot = bot;
        this.links = links;
        this.sessions = sessions;
        this.layout = layout;
        this.pages = new SignInPages(layout, links.typed());
    }

    /** The page that a link opens; the link stays good. */
    void offer(Exchange exchange, String token) throws IOException {
        Optional<String> person = links.peek(token).filter(this::isKnown);
        exchange.page(
                person.isPresent() ? 200 : 410,
                person.map(name -> pages.offer(token, name)).orElseGet(pages::gone));
    }

    /** The page that says how one comes in. */
    void tell(Exchange exchange) throws IOException {
        exchange.page(200, pages.how());
    }

    /** Uses up the link whose token was sent. */
    void signIn(Exchange exchange, Optional<Session> before, Map<String, String> sent)
            throws IOException {
        Optional<String> person = links.use(sent.getOrDefault("token", "")).filter(this::isKnown);
        if (person.isEmpty()) {
            exchange.page(410, pages.gone());
            return;
        }
        log.info("{} signed in to the console", person.get());
        begin(exchange, before, person.get());
    }

    /** In a demo: from now on this browser is somebody else. */
    void become(Exchange exchange, Optional<Session> before, Map<String, String> sent)
            throws Refused {
        String person = sent.getOrDefault("person", "");
        if (!layout.isDemo() || !isKnown(person)) {
            throw new Refused(
                    403,
                    Phrase.of("nobody becomes somebody else here"),
                    Phrase.of("sign in by a link"));
        }
        if (before.isPresent()) {
            before.get().checkToken(sent);
        }
        begin(exchange, before, person);
    }

    /** One browser is one person at a time. */
    private void begin(Exchange exchange, Optional<Session> before, String person) {
        before.ifPresent(sessions::end);
        exchange.cookie(sessions.begin(person));
        exchange.goTo("/");
    }

    private boolean isKnown(String person) {
        return bot.site().people().containsKey(person);
    }
}

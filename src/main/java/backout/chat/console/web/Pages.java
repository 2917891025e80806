package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.Run;
import backout.run.RunId;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is shown to who is signed in, by its address. */
final class Pages {
    private static final Pattern RUN = Pattern.compile("/run/([A-Z0-9]{1,20})");
    private static final Pattern TARGET =
            Pattern.compile("/target/([a-z0-9][a-z0-9._-]{0,62})/([a-z0-9][a-z0-9._-]{0,62})");
    private static final Set<String> NAMED = Set.of("/", "/runs", "/doctor");

    private final Bot bot;
    private final ChannelPage channel;
    private final TargetPage target;
    private final RunsPage runs;
    private final DoctorPage doctor;
    private final Checkup checkup;

    Pages(Bot bot, Layout layout, ChannelPage channel, Checkup checkup) {
        this.bot = bot;
        this.channel = channel;
        this.target = new TargetPage(bot, layout);
        this.runs = new RunsPage(bot, layout);
        this.doctor = new DoctorPage(bot.clock(), layout);
        this.checkup = checkup;
    }

    boolean has(String path) {
        return NAMED.contains(path)
                || RUN.matcher(path).matches()
                || TARGET.matcher(path).matches();
    }

    void show(Session session, Exchange exchange) throws IOException, Refused {
        String path = exchange.path();
        Matcher run = RUN.matcher(path);
        Matcher name = TARGET.matcher(path);
        if (run.matches()) {
            exchange.page(200, channel.run(session, run(run.group(1))));
        } else if (name.matches()) {
            exchange.page(200, target.page(session, target(name)));
        } else if (path.equals("/runs")) {
            exchange.page(200, runs.page(session, exchange));
        } else if (path.equals("/doctor")) {
            doctor(session, exchange);
        } else {
            exchange.page(200, channel.page(session, focus(exchange)));
        }
    }

    private static String focus(Exchange exchange) throws Refused {
        String at = exchange.query("at");
        return at.matches("[A-Za-z0-9-]{1,40}") ? at : "";
    }

    private Feed.Seen run(String id) throws Refused {
        if (!RunId.isRunId(id)) {
            throw Refused.notFound();
        }
        var run = new RunId(id);
        var events = bot.journal().read(run);
        if (events.isEmpty()) {
            throw Refused.notFound();
        }
        return new Feed.Seen(Run.of(events), bot.halted(run), bot.word(run), 0);
    }

    private Target target(Matcher name) throws Refused {
        return bot.site()
                .target(new TargetName(name.group(1), name.group(2)))
                .orElseThrow(Refused::notFound);
    }

    /** Loaded again and again while it looks, also without a script. */
    private void doctor(Session session, Exchange exchange) throws IOException {
        Optional<Checkup.Round> last = checkup.last();
        if (last.filter(round -> !round.isOver()).isPresent()) {
            exchange.response().setHeader("Refresh", "2");
        }
        exchange.page(200, doctor.page(session, last));
    }

    /** Who is not signed in is told so, where it is no page. */
    static Refused signedOut() {
        return new Refused(401, Phrase.of("you are not signed in"), Phrase.of("sign in again"));
    }
}

package backout.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.command.Site;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Banner;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.Banners;
import backout.run.Journal;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What users are told of a service: {@code GET /status/NAME} is a page, with {@code ?banner} what a
 * site shows of it in a frame, which is empty while there is nothing to tell. Only of targets that
 * say {@code status-page: yes}: of any other it answers as if there were none.
 */
final class StatusDoor extends HttpServlet {
    /** Below the public listener. */
    static final String PATH = "/status/*";

    private static final long serialVersionUID = 1;

    /** Anybody may ask, as often as they like: the journal is read once in that time. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final String STYLE =
            "body{margin:0;font:16px sans-serif}"
                    + "p{background:#fef3c7;color:#111;padding:12px;margin:0;text-align:center}";

    private final transient Supplier<Site> site;
    private final transient Banners banners;
    private final transient InstantSource clock;
    private final transient Map<TargetName, Read> read = new ConcurrentHashMap<>();

    private record Read(Instant at, Optional<Banner> banner) {}

    StatusDoor(Supplier<Site> site, Journal journal, InstantSource clock) {
        this.site = site;
        this.banners = new Banners(journal, site);
        this.clock = clock;
    }

    /** Whether any target of the site is told of. */
    static boolean isWanted(Site site) {
        return site.targets().values().stream().anyMatch(StatusDoor::isShown);
    }

    private static boolean isShown(Target target) {
        return target.settings().flag(Banner.SETTING);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = Objects.requireNonNullElse(request.getPathInfo(), "/").substring(1);
        Optional<Target> target = target(name);
        response.setStatus(target.isPresent() ? 200 : 404);
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Cache-Control", "max-age=" + FRESH.toSeconds());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        byte[] page = target.map(it -> page(it, request)).orElse("no such page\n").getBytes(UTF_8);
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    /** Two of one name are told apart by their kinds. */
    private Optional<Target> target(String name) {
        var found =
                site.get().targets().values().stream()
                        .filter(StatusDoor::isShown)
                        .filter(one ->
                                one.name().name().equals(name)
                                        || one.name().toString().equals(name))
                        .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private String page(Target target, HttpServletRequest request) {
        var language = language(request);
        Optional<Banner> banner = banner(target.name());
        boolean framed = request.getParameter("banner") != null;
        String told =
                banner.map(up -> line(language, up, framed))
                        .orElse(framed ? "" : text(language, Phrase.of("Nothing to report.")));
        return "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\"><title>%s</title>"
                        .formatted(language.code(), target.name().name())
                + "<style>%s</style><body>%s</body></html>\n".formatted(STYLE, told);
    }

    private static String line(Language language, Banner banner, boolean framed) {
        return framed
                ? text(language, banner.says())
                : text(language, Phrase.of("{0} ({1} UTC)", banner.says(), banner.since()));
    }

    /** The phrases are our own, and hold nothing that means anything in HTML. */
    private static String text(Language language, Phrase says) {
        return "<p role=\"status\">" + language.say(says) + "</p>";
    }

    private static Language language(HttpServletRequest request) {
        String asked = request.getParameter("lang");
        return Language.of(
                asked == null ? request.getLocale().toLanguageTag() : asked, ZoneOffset.UTC);
    }

    private Optional<Banner> banner(TargetName target) {
        Instant now = clock.instant();
        return read.compute(
                        target,
                        (_, old) ->
                                old != null && now.isBefore(old.at().plus(FRESH))
                                        ? old
                                        : new Read(now, banners.of(target)))
                .banner();
    }
}

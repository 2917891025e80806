package backout.chat.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import backout.fixture.Needs;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.Doctor;
import backout.language.Phrase;
import backout.run.Evidence.Finding;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pictures of the console in each of its states, to be looked at: {@code -Dtest=Pictures
 * -Dbackout.pictures=DIR}. Checks nothing and runs only when it is named.
 */
class Pictures {
    private static final Path FOLDER =
            Path.of(System.getProperty("backout.pictures", "target/pictures"));

    private final Map<String, Page> li = new LinkedHashMap<>();
    private final WebSite site = new WebSite(InstantSource.system(), false);

    @Test
    void of_every_state() {
        var create = new Playwright.CreateOptions();
        create.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (var playwright = Playwright.create(create);
                site) {
            var launch = new BrowserType.LaunchOptions().setExecutablePath(Needs.browser());
            launch.setArgs(List.of("--no-sandbox", "--disable-gpu"));
            Browser browser = playwright.chromium().launch(launch);
            open(browser, "wide", 1280, ColorScheme.LIGHT);
            open(browser, "narrow", 360, ColorScheme.LIGHT);
            open(browser, "dark", 1280, ColorScheme.DARK);
            story();
        }
    }

    private void open(Browser browser, String name, int width, ColorScheme colours) {
        var options = new Browser.NewContextOptions();
        options.setViewportSize(width, 900).setColorScheme(colours).setDeviceScaleFactor(1);
        Page page = browser.newContext(options).newPage();
        li.put(name, page);
        page.navigate(site.address() + site.links.make("li"));
    }

    private void shoot(String state) {
        li.forEach((name, page) ->
                page.screenshot(
                        new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(
                                        FOLDER.resolve("console-" + state + "-" + name + ".png"))));
    }

    private void story() {
        shoot("sign-in");
        li.values().forEach(page -> page.locator("main button").click());
        shoot("empty");
        site.journal().append(WebSite.RELAY, site.service.past());
        Page one = li.values().iterator().next();
        one.getByLabel("Say a command")
                .fill("compose claude-relay severity p1 because 5xx since 02:02");
        one.keyboard().press("Enter");
        badge("waits for confirmation by li");
        shoot("awaiting-confirmation");
        one.locator(".card .primary").click();
        badge("waits for 1 vote");
        shoot("awaiting-approval");
        li.values().forEach(all -> say(all, "unlock claude-relay"));
        li.values().forEach(page -> assertThat(page.locator(".refusal")).isVisible());
        shoot("refusal");
        li.values().forEach(page -> page.locator(".refusal .dismiss button").first().click());
        site.service.hold("compose.up");
        var anna = site.as("anna");
        var page = anna.get("/");
        var run = site.journal().recent(1).getFirst();
        anna.post(
                "/press",
                Map.of(
                        "csrf", page.field("csrf"),
                        "delivery", page.field("delivery"),
                        "press", "approve:" + run + ":"));
        badge("switching");
        shoot("running");
        site.service.release("compose.up");
        badge("proven");
        li.values().forEach(all -> all.locator(".log summary").first().click());
        shoot("proven");
        li.values().forEach(all -> say(all, "compose"));
        li.values().forEach(all -> assertThat(all.locator(".ask")).isVisible());
        shoot("form");
        li.values().forEach(all -> all.locator(".ask .dismiss button").first().click());
        li.values().forEach(all -> say(all, "plan compose claude-relay"));
        li.values().forEach(all -> assertThat(all.locator(".answer")).isVisible());
        shoot("plan");
        li.values().forEach(all -> all.locator(".answer .dismiss button").first().click());
        li.values().forEach(all -> all.locator("#words").pressSequentially("/rollback "));
        li.values().forEach(all -> assertThat(all.locator("#options")).isVisible());
        li.values().forEach(all -> all.keyboard().press("ArrowDown"));
        shoot("completion");
        li.values().forEach(all -> all.locator("#words").fill(""));
        site.service.after(Finding.UNWELL);
        site.service.again();
        say(one, "compose gateway because it is slow");
        badge("waits for confirmation by li");
        one.locator(".card .primary").click();
        badge("a person must decide");
        one.locator(".card .sure summary").first().click();
        shoot("failed-with-question");
        one.locator(".card .sure button").first().click();
        badge("undone");
        shoot("undone");
        li.values().forEach(all -> all.navigate(site.address() + "/target/compose/claude-relay"));
        shoot("target");
        lists();
        li.values().forEach(all -> all.navigate(site.address() + "/signin"));
        shoot("not-signed-in");
    }

    /** On a phone as most people have one. */
    private void lists() {
        li.getOrDefault("narrow", li.values().iterator().next()).setViewportSize(390, 844);
        li.values().forEach(all -> all.navigate(site.address() + "/runs"));
        shoot("runs");
        li.values().forEach(all -> all.navigate(site.address() + "/runs?by=ben"));
        shoot("runs-none");
        li.values().forEach(all -> all.navigate(site.address() + "/doctor"));
        shoot("doctor-before");
        site.doctor = Pictures::findings;
        li.values().iterator().next().getByText("Look now").click();
        li.values().forEach(all -> all.navigate(site.address() + "/doctor"));
        li.values().forEach(all -> assertThat(all.getByText("4014")).isVisible());
        shoot("doctor");
    }

    private static void findings(Consumer<Doctor.Part> tell) {
        tell.accept(
                part(
                        "compose/claude-relay",
                        Diagnosis.well(Phrase.verbatim("unix:///var/run/docker.sock: 28.5.1")),
                        Diagnosis.unwell(
                                Phrase.of(
                                        "a check does not hold: {0}",
                                        "GET http://localhost:3000/health [BODY].status"),
                                Phrase.of(
                                        "mend the check, or the service: it would undo every"
                                                + " rollback")),
                        Diagnosis.well(
                                Phrase.of(
                                        "it could be rolled back now, from {0} to {1}",
                                        "v1.1.250", "v1.1.249"))));
        tell.accept(
                part(
                        "compose/gateway",
                        Diagnosis.unknown(
                                Phrase.of("a check cannot look: {0}", "container [STATE]"),
                                Phrase.of("mend it: no rollback would count as proven"))));
        tell.accept(
                part(
                        "Discord",
                        Diagnosis.well(Phrase.of("its commands are those of this site")),
                        Diagnosis.unwell(
                                Phrase.of("Discord closed the line for good: {0}", 4014),
                                Phrase.of(
                                        "see https://docs.discord.com/developers/topics/opcodes-and-status-codes"
                                            + " for what that means"))));
    }

    private static Doctor.Part part(String of, Diagnosis... found) {
        return new Doctor.Part(Phrase.verbatim(of), List.of(found));
    }

    private static void say(Page page, String words) {
        page.locator("#words").fill(words);
        page.keyboard().press("Enter");
    }

    private void badge(String says) {
        li.values().forEach(page -> assertThat(page.locator(".card .badge").first()).hasText(says));
    }
}

package backout.chat.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.language.Language;
import backout.language.Phrase;
import backout.run.Evidence.Finding;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The console as people use it: a real browser, a real journal, a staged service. */
@Order(4)
@TestInstance(Lifecycle.PER_CLASS)
class BrowserTest {
    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    /** What Chromium says when an engine beside it makes a network; the page asks again. */
    private static final String NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";

    private static final String LEFT_OF =
            "() => Math.round(document.querySelector('%s').getBoundingClientRect().left)";

    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.UTC);

    /** As the script says it: {@code 剩余 29:58}. */
    private static final Pattern LEFT =
            Pattern.compile(CHINESE.say(Phrase.of("{0} left", "\\d+:\\d\\d")));

    private final WebSite site = new WebSite(InstantSource.system(), false);
    private final List<String> amiss = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void open() {
        Path chromium = Needs.browser();
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium)
                                        .setArgs(FLAGS));
    }

    @AfterAll
    void close() {
        if (playwright != null) {
            playwright.close();
        }
        site.close();
    }

    /** What a page complains about is our fault, a broken policy for content too. */
    @AfterEach
    void nothing_was_amiss() {
        assertThat(amiss).isEmpty();
        amiss.clear();
    }

    private Page as(String person, int width) {
        return as(person, width, ColorScheme.LIGHT, true);
    }

    private Page as(String person, int width, ColorScheme colours, boolean scripts) {
        var options = new Browser.NewContextOptions();
        options.setViewportSize(width, 800).setColorScheme(colours).setJavaScriptEnabled(scripts);
        return as(person, options, "Sign in as " + person);
    }

    private Page as(String person, Browser.NewContextOptions options, String signIn) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(20_000);
        Page page = context.newPage();
        page.onPageError(error -> amiss.add(error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().endsWith(NETWORK_CHANGED)) {
                amiss.add(message.text());
            }
        });
        boolean scripts = !Boolean.FALSE.equals(options.javaScriptEnabled);
        load(page, site.address() + site.links.make(person), scripts);
        if (scripts) {
            // else the next page tells it and loads itself once more, whatever else goes on by then
            page.waitForFunction("document.cookie.includes('backout-zone=')");
        }
        button(page, signIn).click();
        assertThat(page).hasURL(site.address() + "/");
        load(page, site.address() + "/", scripts);
        return page;
    }

    /**
     * The page, with its script: a browser gives up either while the machine's network changes, and
     * it is loaded again as a person does it.
     */
    private static void load(Page page, String address, boolean scripts) {
        Locator ready = page.locator(scripts ? "body.live" : "body");
        for (int times = 1; !page.url().equals(address) || ready.count() == 0; times++) {
            try {
                page.navigate(address);
            } catch (PlaywrightException broken) {
                if (times == 5 || !String.valueOf(broken.getMessage()).contains(NETWORK_CHANGED)) {
                    throw broken;
                }
            }
            assertThat(times).isLessThan(6);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator newest(Page page) {
        return page.locator(".card").first();
    }

    private static Locator badge(Page page) {
        return newest(page).locator(".badge");
    }

    private static void finished(Page page) {
        assertThat(badge(page)).hasText("proven");
    }

    @Test
    void somebody_types_and_confirms_another_approves_and_both_watch_it_finish() {
        Page li = as("li", 1280);
        Page anna = as("anna", 1280);
        li.getByLabel("Say a command").fill("compose claude-relay because 5xx since 02:02");
        button(li, "Send").click();
        newest(li).locator("button.primary").click();
        assertThat(badge(li)).hasText("waits for 1 vote");
        assertThat(badge(anna)).hasText("waits for 1 vote");
        assertThat(anna).hasTitle("(1) Backout");
        site.service.hold("compose.up");
        newest(anna).locator("button.primary").click();
        assertThat(badge(li)).hasText("switching");
        newest(li).locator(".log summary").click();
        site.service.release("compose.up");
        finished(li);
        finished(anna);
        assertThat(newest(li).locator(".log")).hasAttribute("open", "");
        assertThat(newest(li).locator(".log")).containsText("anna approved");
        assertThat(newest(li).locator(".buttons")).hasCount(0);
        li.context().close();
        anna.context().close();
    }

    @Test
    void an_open_page_says_that_it_is_signed_out_and_not_that_the_bot_is_gone() {
        Page li = as("li", 1280);
        li.context().clearCookies();
        for (boolean hidden : List.of(true, false)) {
            li.evaluate(
                    """
                    hidden => {
                      Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
                      document.dispatchEvent(new Event("visibilitychange"));
                    }
                    """,
                    hidden);
        }
        assertThat(li.locator(".lost"))
                .hasText("You are signed out. What you see may be old. Sign in again");
        li.locator(".lost a").click();
        assertThat(li).hasURL(site.address() + "/signin");
        assertThat(amiss).isNotEmpty().allMatch(said -> said.contains("401"));
        amiss.clear();
        li.context().close();
    }

    /** A cookie knows no port: whatever else answers on this machine must not get the console's. */
    @Test
    void no_other_port_of_this_machine_is_sent_the_cookie() throws IOException {
        var sent = new CopyOnWriteArrayList<String>();
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var other = HttpServer.create(loopback, 0);
        other.createContext(
                "/",
                exchange -> {
                    sent.add(
                            String.join(
                                    ";",
                                    exchange.getRequestHeaders()
                                            .getOrDefault("Cookie", List.of())));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        other.start();
        BrowserContext context = browser.newContext();
        try {
            Page page = context.newPage();
            page.navigate("http://127.0.0.1:" + site.port() + site.links.make("anna"));
            button(page, "Sign in as anna").click();
            assertThat(page).hasURL(site.address() + "/");
            assertThat(context.cookies()).anyMatch(cookie -> cookie.name.startsWith("backout-"));
            for (String host : List.of("127.0.0.1", "localhost")) {
                String address = "http://" + host + ":" + other.getAddress().getPort() + "/";
                assertThat(page.request().get(address).status()).isEqualTo(204);
                page.evaluate(
                        "at => fetch(at, {mode: 'no-cors', credentials: 'include'}).catch(() => 0)",
                        address);
            }
            assertThat(sent)
                    .isNotEmpty()
                    .noneMatch(cookies -> cookies.contains("backout-" + site.port()));
        } finally {
            context.close();
            other.stop(0);
        }
    }

    @Test
    void who_reads_chinese_types_and_confirms_in_chinese() {
        var options = new Browser.NewContextOptions().setLocale("zh-CN");
        Page ben = as("ben", options, "以 ben 的身份登录");
        assertThat(ben.locator("html")).hasAttribute("lang", "zh");
        ben.getByLabel("输入命令").fill("compose gateway because 太慢");
        button(ben, "发送").click();
        assertThat(badge(ben)).containsText("等待：");
        assertThat(newest(ben).locator("time[data-clock]")).hasText(LEFT);
        site.service.hold("compose.up");
        newest(ben).locator("button.primary").click();
        assertThat(badge(ben)).hasText("切换中");
        site.service.release("compose.up");
        assertThat(badge(ben)).hasText(CHINESE.say(Phrase.of("proven")));
        ben.context().close();
    }

    @Test
    void times_are_those_of_the_browsers_zone_and_the_sites_where_no_script_tells_it() {
        var far = new Browser.NewContextOptions().setTimezoneId("Asia/Tehran");
        Page dora = as("dora", far, "Sign in as dora");
        assertThat(dora.locator("footer")).hasText("Times are those of Asia/Tehran.");
        dora.getByLabel("Say a command").fill("compose gateway because slow");
        button(dora, "Send").click();
        assertThat(badge(dora)).containsText("waits for confirmation");
        Locator time = newest(dora).locator(".state time");
        String shown = time.textContent();
        Instant at = Instant.parse(time.getAttribute("datetime"));
        assertThat(shown).isEqualTo(clock(at, ZoneId.of("Asia/Tehran")));
        far.setJavaScriptEnabled(false);
        Page plain = as("dora", far, "Sign in as dora");
        assertThat(plain.locator("footer")).hasText("Times are those of UTC.");
        assertThat(newest(plain).locator(".state time")).hasText(clock(at, ZoneOffset.UTC));
        newest(dora).getByText("Cancel").click();
        assertThat(badge(dora)).hasText("not done");
        dora.context().close();
        plain.context().close();
    }

    private static String clock(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH:mm:ss").format(at.atZone(zone));
    }

    @Test
    void the_same_by_keyboard_alone() {
        Page ben = as("ben", 1280);
        ben.keyboard().press("Tab");
        assertThat(ben.locator(".skip")).isFocused();
        tabTo(ben, "#words");
        ben.keyboard().type("com");
        assertThat(ben.locator("#options li")).hasCount(1);
        ben.keyboard().press("ArrowDown");
        assertThat(ben.locator("#options [aria-selected=true]")).containsText("compose");
        ben.keyboard().press("Enter");
        assertThat(ben.locator("#words")).hasValue("compose ");
        ben.keyboard().type("gat");
        ben.keyboard().press("ArrowDown");
        assertThat(ben.locator("#options [aria-selected=true]")).containsText("gateway");
        ben.keyboard().press("Tab");
        assertThat(ben.locator("#words")).hasValue("compose gateway ");
        ben.keyboard().press("Escape");
        ben.keyboard().press("Enter");
        assertThat(newest(ben)).isFocused();
        assertThat(badge(ben)).hasText("waits for confirmation by ben");
        tabTo(ben, ".card .primary");
        ben.keyboard().press("Enter");
        finished(ben);
        assertThat(newest(ben)).isFocused();
        ben.context().close();
    }

    @Test
    void a_list_that_belongs_to_older_words_is_not_chosen_from() {
        Page ben = as("ben", 1280);
        tabTo(ben, "#words");
        ben.keyboard().type("com");
        assertThat(ben.locator("#options li")).hasCount(1);
        List<Route> held = new CopyOnWriteArrayList<>();
        ben.route("**/complete?*", held::add);
        ben.keyboard().type("pose gat");
        ben.keyboard().press("ArrowDown");
        ben.keyboard().press("Tab");
        assertThat(ben.locator("#words")).hasValue("compose gat");
        held.forEach(Route::resume);
        ben.context().close();
    }

    @Test
    void another_approves_by_keyboard_alone() {
        Page li = as("li", 1280);
        Page anna = as("anna", 1280);
        tabTo(li, "#words");
        li.keyboard().type("compose claude-relay because 5xx");
        li.keyboard().press("Escape");
        li.keyboard().press("Enter");
        assertThat(badge(li)).hasText("waits for confirmation by li");
        tabTo(li, ".card .primary");
        li.keyboard().press("Enter");
        assertThat(badge(li)).hasText("waits for 1 vote");
        assertThat(newest(li)).containsText("Not for you: Approve");
        assertThat(newest(li).locator(".primary")).hasCount(0);
        assertThat(badge(anna)).hasText("waits for 1 vote");
        tabTo(anna, ".card .primary");
        anna.keyboard().press("Enter");
        finished(anna);
        finished(li);
        assertThat(newest(anna)).isFocused();
        li.context().close();
        anna.context().close();
    }

    @Test
    void a_plan_that_is_looked_for_replaces_the_line_that_says_so() {
        site.service.hold("plan");
        Page ben = as("ben", 1280);
        ben.getByLabel("Say a command").fill("plan compose gateway");
        ben.keyboard().press("Enter");
        assertThat(ben.locator(".notice.waiting")).containsText("Looking at compose/gateway");
        site.service.release("plan");
        assertThat(ben.locator(".notice.answer")).containsText("nothing is done");
        assertThat(ben.locator(".notice.answer h3")).isInViewport();
        ben.context().close();
    }

    @Test
    void a_page_that_was_long_on_its_way_does_not_replace_a_newer_answer() {
        site.service.hold("plan");
        Page ben = as("ben", 1280);
        ben.evaluate(
                """
                () => {
                  const real = window.fetch;
                  window.fetch = async (url, options) => {
                    const answer = await real(url, options);
                    if (String(url).endsWith("/say")) {
                      await new Promise((arrive) => { window.arrive = arrive; });
                    }
                    return answer;
                  };
                }
                """);
        ben.getByLabel("Say a command").fill("plan compose gateway");
        ben.keyboard().press("Enter");
        assertThat(ben.locator(".notice.waiting")).containsText("Looking at compose/gateway");
        ben.waitForFunction("() => window.arrive");
        site.service.release("plan");
        assertThat(ben.locator(".notice.answer")).containsText("nothing is done");
        ben.evaluate("() => window.arrive()");
        assertThat(ben.locator("#words")).hasValue("");
        assertThat(ben.locator(".notice.answer")).containsText("nothing is done");
        ben.context().close();
    }

    @Test
    void all_commands_are_suggested_and_the_last_can_be_reached() {
        Page ben = as("ben", 1280);
        ben.locator("#words").pressSequentially("/rollback ");
        assertThat(ben.locator("#options li")).hasCount(site.site.commands().size());
        ben.keyboard().press("ArrowUp");
        assertThat(ben.locator("#options li").last()).hasAttribute("aria-selected", "true");
        assertThat(ben.locator("#options li").last()).isInViewport();
        ben.context().close();
    }

    private static void tabTo(Page page, String selector) {
        for (int tabs = 0; tabs < 40; tabs++) {
            if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
                assertThat(
                                page.evaluate(
                                        "() =>"
                                            + " getComputedStyle(document.activeElement).outlineStyle"))
                        .isNotEqualTo("none");
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("no Tab leads to " + selector);
    }

    @Test
    void a_refusal_takes_the_focus_and_can_be_dismissed() {
        Page li = as("li", 1280);
        li.getByLabel("Say a command").fill("unlock claude-relay");
        li.keyboard().press("Enter");
        assertThat(li.locator(".refusal")).isFocused();
        assertThat(li.locator(".refusal")).containsText("is for L2 and above, li is L1");
        li.locator(".refusal .dismiss button").click();
        assertThat(li.locator(".refusal")).hasCount(0);
        assertThat(li.locator("#words")).isFocused();
        li.context().close();
    }

    @Test
    void no_page_is_wider_than_a_narrow_screen() {
        site.journal().append(WebSite.RELAY, site.service.past());
        Page li = as("li", 320);
        li.getByLabel("Say a command").fill("history claude-relay");
        li.keyboard().press("Enter");
        assertThat(li.locator(".answer")).isVisible();
        for (String path :
                List.of(
                        "/",
                        "/target/compose/claude-relay",
                        "/runs",
                        "/doctor",
                        "/signin",
                        "/nowhere")) {
            if (!path.equals("/nowhere")) {
                li.navigate(site.address() + path);
            }
            assertThat(li.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(320);
        }
        li.context().close();
    }

    /** The list of runs and the doctor as well: two links of one name led to two pages. */
    @Test
    void what_stands_below_a_page_is_in_line_with_it_and_no_two_links_have_one_name() {
        for (int width : List.of(390, 1280)) {
            Page li = as("li", width);
            for (String page : List.of("/runs", "/doctor")) {
                li.navigate(site.address() + page);
                assertThat(li.evaluate(LEFT_OF.formatted("footer p")))
                        .isEqualTo(li.evaluate(LEFT_OF.formatted("main h1")));
                assertThat(li.locator("header nav a, .back a").allInnerTexts())
                        .map(text -> text.replaceAll("[← ]", ""))
                        .doesNotHaveDuplicates();
            }
            li.context().close();
        }
    }

    @Test
    void what_is_said_while_the_former_is_on_its_way_is_said_next() {
        Page ben = as("ben", 1280);
        List<Route> held = new CopyOnWriteArrayList<>();
        ben.route("**/say", held::add);
        ben.getByLabel("Say a command").fill("help approve");
        ben.keyboard().press("Enter");
        ben.keyboard().press("Enter");
        ben.getByLabel("Say a command").fill("nonsense");
        ben.keyboard().press("Enter");
        ben.waitForCondition(() -> !held.isEmpty());
        ben.unroute("**/say");
        held.forEach(Route::resume);
        assertThat(ben.locator(".answer").first()).containsText("approve RUN");
        assertThat(ben.locator(".refusal").first()).containsText("nonsense");
        assertThat(held.size()).isEqualTo(1);
        ben.context().close();
    }

    @Test
    void what_a_browser_breaks_off_is_asked_again() {
        Page ben = as("ben", 1280);
        var broken = new AtomicInteger();
        ben.route(
                "**/say",
                route -> {
                    if (broken.incrementAndGet() <= 2) {
                        route.abort("connectionreset");
                    } else {
                        route.resume();
                    }
                });
        ben.getByLabel("Say a command").fill("help approve");
        ben.keyboard().press("Enter");
        assertThat(ben.locator(".answer").first()).containsText("approve RUN");
        assertThat(ben.locator(".lost")).hasCount(0);
        assertThat(broken.get()).isEqualTo(3);
        assertThat(amiss).hasSize(2).allMatch(said -> said.contains("ERR_CONNECTION_RESET"));
        amiss.clear();
        ben.context().close();
    }

    @Test
    void a_script_stays_text() {
        String evil =
                "<img src=x"
                    + " onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        site.service.logs(evil);
        site.service.after(Finding.UNWELL);
        Page ben = as("ben", 1280);
        ben.getByLabel("Say a command").fill("compose gateway because " + evil);
        ben.keyboard().press("Enter");
        assertThat(newest(ben)).containsText(evil);
        ben.getByLabel("Say a command").fill(evil);
        ben.keyboard().press("Enter");
        assertThat(ben.locator(".refusal").first()).containsText("<img");
        assertThat(ben.locator("main img, main script")).hasCount(0);
        assertThat(ben).not().hasTitle("owned");
        newest(ben).getByText("Cancel").click();
        assertThat(badge(ben)).hasText("not done");
        site.service.after(Finding.WELL);
        ben.context().close();
    }

    @Test
    void without_scripts_it_works_by_loading_pages() {
        Page ben = as("ben", 1280, ColorScheme.LIGHT, false);
        ben.getByLabel("Say a command").fill("plan compose gateway");
        button(ben, "Send").click();
        assertThat(ben.locator(".notice").first()).containsText("plan compose gateway");
        ben.reload();
        assertThat(ben.locator(".answer").first()).containsText("nothing is done");
        ben.context().close();
    }
}

package backout.chat.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.language.Language;
import backout.run.HandClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Each page is in the language of who reads it. */
class ReaderTest {
    private static final String CHINESE = "zh-CN,zh;q=0.9,en;q=0.8";
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Pattern TIME = Pattern.compile(">([0-9:]{8})</time>");
    private final WebSite site = new WebSite(new HandClock(), false);

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN,zh;q=0.9 | zh",
                "zh-Hant-TW | zh",
                "en-US,en;q=0.9,zh-CN;q=0.8 | en",
                "fr-FR,fr;q=0.9,zh;q=0.5 | zh",
                "en;q=0.3,zh;q=0.7 | zh"
            })
    void the_first_language_that_is_known_is_read(String accepted, String language) {
        var reader = Reader.of(accepted, Language.ENGLISH.in(SHANGHAI));
        assertThat(reader.locale().getLanguage()).isEqualTo(language);
        assertThat(reader.zone()).isEqualTo(SHANGHAI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr-FR,fr;q=0.9", "*", "", "zh;q=7", ";;;", "zh_CN"})
    void who_asks_for_none_that_is_known_reads_the_language_of_the_site(String accepted) {
        var usual = Language.of("zh", SHANGHAI);
        assertThat(Reader.of(accepted, usual)).isEqualTo(usual);
        assertThat(Reader.of(null, usual)).isEqualTo(usual);
        assertThat(Reader.of(accepted, Language.ENGLISH)).isEqualTo(Language.ENGLISH);
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, Asia/Kolkata",
        "Etc/GMT+8, Etc/GMT+8",
        "America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
        "Mars/Olympus, Asia/Shanghai",
        "'<b>', Asia/Shanghai",
        "'', Asia/Shanghai"
    })
    void a_zone_that_there_is_is_the_readers(String told, String zone) {
        assertThat(Reader.zone(Optional.of(told), SHANGHAI)).isEqualTo(ZoneId.of(zone));
        assertThat(Reader.zone(Optional.empty(), SHANGHAI)).isEqualTo(SHANGHAI);
    }

    @Test
    void times_are_those_of_the_readers_zone_in_pages_and_events() {
        var li = site.as("li");
        assertThat(li.get("/").body()).contains("Times are those of UTC.");
        li.say("compose claude-relay because 5xx");
        Await.until("the plan", () -> li.get("/").body().contains("waits for"));
        String at = TIME.matcher(li.get("/").body()).results().findFirst().orElseThrow().group(1);
        li.cookie(li.cookie() + "; backout-zone=Asia/Kolkata");
        String there = LocalTime.parse(at).plusMinutes(330).toString();
        assertThat(li.get("/").body())
                .contains("Times are those of Asia/Kolkata.", " +05:30\"")
                .containsPattern(">" + there + "(:00)?</time>");
        try (var events = li.events("/events")) {
            events.until("id: ");
            li.say("compose gateway because slow");
            assertThat(events.until("Step log")).containsPattern(">" + there + "(:00)?</time>");
        }
    }

    @Test
    void two_people_read_the_same_card_each_in_their_language() {
        var li = site.as("li").with("Accept-Language", CHINESE);
        var anna = site.as("anna").with("Accept-Language", "en-GB,en;q=0.9,zh;q=0.1");
        li.say("compose claude-relay because 5xx");
        Await.until("the plan", () -> li.get("/").body().contains("等待："));
        assertThat(li.get("/").body())
                .contains("<html lang=\"zh\">", "等待：", "步骤记录", "发起人：li", "because 5xx", "发送")
                .contains("data-lost=\"与 Backout 的连接已断开")
                .doesNotContain("Step log", "Say a command", "No connection");
        assertThat(anna.get("/").body())
                .contains("<html lang=\"en\">", "waits for confirmation by li", "Step log, ")
                .contains("Say a command", "No connection to Backout.")
                .doesNotContain("等待", "步骤记录");
    }

    @Test
    void events_are_in_the_language_of_who_opened_them() {
        var li = site.as("li").with("Accept-Language", CHINESE);
        var anna = site.as("anna");
        try (var chinese = li.events("/events");
                var english = anna.events("/events")) {
            chinese.until("id: ");
            english.until("id: ");
            anna.say("compose claude-relay");
            assertThat(chinese.until("步骤记录")).doesNotContain("Step log");
            assertThat(chinese.until("event: side") + chinese.until("id: "))
                    .contains("进行中的任务、目标和人员");
            assertThat(english.until("Step log")).doesNotContain("步骤记录");
        }
    }

    @Test
    void whoever_is_not_signed_in_and_whatever_is_not_there_is_told_in_chinese_too() {
        var stranger = new Browser(site.port()).with("Accept-Language", CHINESE);
        assertThat(stranger.get("/signin").body())
                .contains("在运行 Backout 的主机上输入：", "bot/backout signin YOUR-NAME")
                .doesNotContain("On the host");
        assertThat(stranger.get(site.links.make("li")).body()).contains("以 li 的身份登录");
        assertThat(stranger.get("/nowhere").body()).contains("没有这个页面", "这个地址下没有内容");
        assertThat(stranger.get("/events").body()).contains("你还没有登录");
        assertThat(stranger.post("/say", Map.of()).body()).contains("你没有登录，或登录已失效");
        assertThat(stranger.with("Host", "evil.example").get("/").body()).contains("本控制台不响应这个主机名");
    }

    @Test
    void a_target_a_form_and_what_is_missing_in_it_are_in_chinese() {
        site.journal().append(WebSite.RELAY, site.service.past());
        var li = site.as("li").with("Accept-Language", CHINESE);
        assertThat(li.get("/target/compose/claude-relay").body())
                .contains("1.1.182（正在运行）", "好版本", "坏版本：leaks memory", "production：需要 1 票，L2 及以上")
                .contains("查看计划：compose/claude-relay", "plan compose claude-relay to 1.1.174");
        li.say("compose");
        var page = li.get("/");
        assertThat(page.body()).contains("仅你可见", "关闭：compose");
        li.post(
                "/form",
                Map.of(
                        "csrf",
                        page.field("csrf"),
                        "delivery",
                        page.field("delivery"),
                        "notice",
                        "n1",
                        "value-target",
                        ""));
        assertThat(li.get("/").body()).contains("没有填写", "请填写");
    }

    @Test
    void the_demo_says_what_to_do_with_the_words_to_be_typed_in_their_place() {
        try (var demo = new WebSite(new HandClock(), true)) {
            var anybody = new Browser(demo.port()).with("Accept-Language", CHINESE);
            assertThat(anybody.get("/signin").body()).contains("请先以 li 的身份开始。");
            anybody.post("/demo", Map.of("person", "li"));
            assertThat(anybody.get("/").body())
                    .contains("请以 li 的身份，在上面输入 <code>compose claude-relay because 5xx")
                    .contains(
                            "<code>status</code>、<code>history"
                                    + " claude-relay</code>、<code>help</code>");
            assertThat(anybody.with("Accept-Language", "en").get("/").body())
                    .contains(
                            "As li, type <code>compose claude-relay because 5xx after the release")
                    .contains("<code>help</code>, and the page of <a href=");
        }
    }
}

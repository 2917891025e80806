package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One mistake each in the shipped files, and the exact lines that tell of it. */
final class BrokenFilesTest {
    private static final String PEOPLE = "config/people.yml";
    private static final String APPROVALS = "config/approvals.yml";
    private static final String TARGETS = "config/targets.yml";
    private static final String BACKOUT = "config/backout.yml";
    private static final String CHECKLISTS = "config/checklists.yml";
    private static final String GROUPS = "config/groups.yml";
    private static final String HOSTS = "config/hosts.yml";
    private static final String CHAT = "config/chat.yml";
    private static final String COMPOSE = "commands/compose.yml";

    record Mistake(String file, String old, String now, List<String> told) {
        @Override
        public String toString() {
            return file + ": " + now.strip().lines().findFirst().orElse("no " + old.strip());
        }
    }

    private static Mistake mistake(String file, String old, String now, String... told) {
        return new Mistake(file, old, now, List.of(told));
    }

    static Stream<Mistake> keysAndForms() {
        return Stream.of(
                mistake(
                        PEOPLE,
                        "    level: L2",
                        "    levl: L2",
                        "config/people.yml:13 people/anna: has no \"level\". Add it. L0 may only"
                                + " look, L1 developer, L2 lead, L3 decides.",
                        "config/people.yml:14 people/anna/levl: there is no such key. Did you mean"
                                + " \"level\"? Keys here are: level, accounts, role,"
                                + " phone, mail, webhook, pager"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: 3",
                        "config/people.yml:20 people/dora/level: should be one of L0, L1, L2, L3,"
                                + " is \"3\". Write one of them"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level:",
                        "config/people.yml:20 people/dora/level: has no value, should be one of L0,"
                                + " L1, L2, L3. Write one of them"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: [L3]",
                        "config/people.yml:20 people/dora/level: should be one of L0, L1, L2, L3,"
                                + " is a list. Write one of them"),
                mistake(
                        PEOPLE,
                        "  dora:\n    level: L3",
                        "  dora: L3",
                        "config/people.yml:19 people/dora: should be a section of keys. Keys here"
                                + " are: level, accounts, role, phone, mail, webhook, pager"),
                mistake(
                        PEOPLE,
                        "  dora:",
                        "  Dora B:",
                        "config/people.yml:19 people/Dora B: the name should be a lower-case word,"
                                + " such as anna. Rename it"),
                mistake(
                        PEOPLE,
                        "  dora:",
                        "  anna:",
                        "config/people.yml:19 people/anna: is written twice, first in line 13. Keep"
                                + " one of them"),
                mistake(
                        PEOPLE,
                        "people:",
                        "poeple:",
                        "config/people.yml: has no \"people\". Add people: and the names below it",
                        "config/people.yml:3 poeple: there is no such key. Did you mean \"people\"?"
                                + " The only key here is: people"),
                mistake(
                        PEOPLE,
                        "      slack: U01LIXXXXX",
                        "      slak: U01",
                        "config/people.yml:10 people/li/accounts/slak: there is no such key. Did"
                                + " you mean \"slack\"? Keys here are: slack, discord"),
                mistake(
                        PEOPLE,
                        "    accounts:\n      slack: U01LIXXXXX",
                        "    accounts.slack: U01\n    accounts:",
                        "config/people.yml:9 people/li/accounts.slack: a dot in a key means a"
                                + " section. Write accounts: and below it slack:"),
                mistake(
                        PEOPLE,
                        "  anna:\n",
                        "  anna:\n    accounts: {slack: U01LIXXXXX}\n",
                        "config/people.yml:14 people/anna/accounts/slack: is the account of li as"
                                + " well. Give each person their own: a person has one vote"),
                mistake(
                        APPROVALS,
                        "votes: 1",
                        "votes: two",
                        "config/approvals.yml:7 policies/production/votes: should be a whole"
                                + " number, is \"two\". Write for example 2"),
                mistake(
                        APPROVALS,
                        "votes: 1",
                        "votes: -1",
                        "config/approvals.yml:7 policies/production/votes: should be a whole"
                                + " number, is \"-1\". Write for example 2"),
                mistake(
                        APPROVALS,
                        "votes: 0",
                        "from: L2",
                        "config/approvals.yml:37 policies/staging: has no \"votes\". Add it. How"
                                + " many people besides the requester must approve; 0 when the"
                                + " requester's own confirmation is enough."),
                mistake(
                        APPROVALS,
                        "approve-within: 30m",
                        "approve-within: 30",
                        "config/approvals.yml:13 policies/production/approve-within: should be a"
                            + " time above 0 with its unit, is \"30\". Write for example 5m (units:"
                            + " ms, s, m, h, d)"),
                mistake(
                        APPROVALS,
                        "approve-within: 30m",
                        "approve-within: 0s",
                        "config/approvals.yml:13 policies/production/approve-within: should be a"
                            + " time above 0 with its unit, is \"0s\". Write for example 5m (units:"
                            + " ms, s, m, h, d)"),
                mistake(
                        TARGETS,
                        "password: env:RELAY_REDIS_PASSWORD",
                        "password: hunter2",
                        "config/targets.yml:61 targets/compose/claude-relay/redis/password: should"
                                + " be the reference of a secret, is something else (not repeated"
                                + " here). Write env:NAME or file:PATH"),
                mistake(
                        TARGETS,
                        "password: env:RELAY_REDIS_PASSWORD",
                        "password: [hunter2]",
                        "config/targets.yml:61 targets/compose/claude-relay/redis/password: should"
                                + " be the reference of a secret, is something else (not repeated"
                                + " here). Write env:NAME or file:PATH"),
                mistake(
                        TARGETS,
                        "api-key: env:RELAY_API_KEY",
                        "api-key: cr_hunter2",
                        "config/targets.yml:44 targets/compose/claude-relay/secrets/api-key: should"
                                + " be the reference of a secret, is something else (not repeated"
                                + " here). Write env:NAME or file:PATH"),
                mistake(
                        TARGETS,
                        "api-key: env:RELAY_API_KEY",
                        "api_key: env:RELAY_API_KEY",
                        "config/checklists.yml:18 checklists/relay-features/checks/1:"
                            + " compose/claude-relay has no secret \"api-key\". Its secrets are:"
                            + " api_key",
                        "config/targets.yml:19 targets/compose/claude-relay/checks/3:"
                            + " compose/claude-relay has no secret \"api-key\". Its secrets are:"
                            + " api_key"),
                mistake(
                        TARGETS,
                        "      api-key: env:RELAY_API_KEY",
                        "      - env:RELAY_API_KEY",
                        "config/targets.yml:43 targets/compose/claude-relay/secrets: should be"
                            + " names with the reference of a secret each, is something else (not"
                            + " repeated here). Write for example api-key: env:API_KEY"),
                mistake(
                        TARGETS,
                        "url: http://localhost:3000",
                        "url: http://me:hunter2@localhost",
                        "config/targets.yml:29 targets/compose/claude-relay/url: should be an"
                            + " http:// or https:// address, is \"http://***@localhost\". Write for"
                            + " example http://localhost:3000, without a password"),
                mistake(
                        TARGETS,
                        "url: http://localhost:3000",
                        "url: localhost:3000",
                        "config/targets.yml:29 targets/compose/claude-relay/url: should be an"
                                + " http:// or https:// address, is \"localhost:3000\". Write for"
                                + " example http://localhost:3000, without a password"),
                mistake(
                        TARGETS,
                        "    url: http://localhost:3000\n",
                        "",
                        "config/targets.yml:17 targets/compose/claude-relay/checks/1: asks for"
                                + " {url}, compose/claude-relay has none. Add url: to that target"),
                mistake(
                        TARGETS,
                        "swap: auto",
                        "swap: aut",
                        "config/targets.yml:41 targets/compose/claude-relay/swap: should be one of"
                                + " up, api, auto, is \"aut\". Did you mean \"auto\"? Write one of"
                                + " them"),
                mistake(
                        TARGETS,
                        "keep: 5",
                        "keep: 5 or so",
                        "config/targets.yml:55 targets/compose/claude-relay/backup/keep: should be"
                                + " a whole number, is \"5 or so\". Write for example 2"),
                mistake(
                        TARGETS,
                        "paths: [data, logs]",
                        "paths: data",
                        "config/targets.yml:48 targets/compose/claude-relay/backup/paths: should be"
                            + " a list of texts, is \"data\". Write each on a line of its own that"
                            + " begins with \"- \""),
                mistake(
                        TARGETS,
                        "      address: localhost:6379",
                        "      adress: localhost:6379",
                        "config/targets.yml:59 targets/compose/claude-relay/redis/adress: there is"
                                + " no such key. Did you mean \"address\"? Keys here are: address,"
                                + " password, service"),
                mistake(
                        TARGETS,
                        "    project: claude-relay\n",
                        "",
                        "config/targets.yml:5 targets/compose/claude-relay: has no \"project\". Add"
                            + " it. The compose project's name, as docker compose ls shows it."),
                mistake(
                        TARGETS,
                        "host: local",
                        "host: relay.example.org",
                        "config/targets.yml:7 targets/compose/claude-relay/host: should be local or"
                                + " ssh:NAME, is \"relay.example.org\". Write local where it runs"
                                + " beside the bot"),
                mistake(
                        TARGETS,
                        "known-good: weishaw/claude-relay-service:v1.1.174",
                        "known-good: |\n      a\n      b",
                        "config/targets.yml:35 targets/compose/claude-relay/known-good: should be"
                                + " one line of text, is \"a�b�\". Write it on one line"),
                mistake(
                        TARGETS,
                        "service: claude-relay",
                        "service: ~",
                        "config/targets.yml:27 targets/compose/claude-relay/service: has no value,"
                                + " should be one line of text. Write it on one line"),
                mistake(
                        BACKOUT,
                        "  address: unix:///var/run/docker.sock",
                        "  address: /var/run/docker.sock",
                        "config/backout.yml:14 docker/address: should be a unix:// or tcp://"
                                + " address, is \"/var/run/docker.sock\". Write for example"
                                + " unix:///var/run/docker.sock"),
                mistake(
                        BACKOUT,
                        "language: en",
                        "language: fr",
                        "config/backout.yml:5 language: should be one of en, zh, is \"fr\". Write"
                                + " one of them"),
                mistake(
                        BACKOUT,
                        "language: en",
                        "language: zh-CN",
                        "config/backout.yml:5 language: should be one of en, zh, is \"zh-CN\". Did"
                                + " you mean \"zh\"? Write one of them"),
                mistake(
                        CHAT,
                        "  languages: {}",
                        "  languages: {C0123ABCD: Chinese, C0456: zh, C0789: jp}",
                        "config/chat.yml:18 slack/languages/C0123ABCD: should be one of en, zh, is"
                                + " \"Chinese\". Did you mean \"zh\"? Write one of them",
                        "config/chat.yml:18 slack/languages/C0789: should be one of en, zh, is"
                                + " \"jp\". Write one of them"),
                mistake(
                        CHAT,
                        "  languages: {}",
                        "  languages: {ops: zh}",
                        "config/chat.yml:18 slack/languages/ops: should be the id of a channel, not"
                                + " its name. Copy the id of the channel: C0123ABCD in Slack,"
                                + " \"200000000000000001\" in Discord"),
                mistake(
                        CHAT,
                        "  languages: {}",
                        "  languages: [C0456]",
                        "config/chat.yml:18 slack/languages: should be ids of channels with one of"
                                + " en, zh each, is a list. Write for example C0123ABCD: zh"),
                mistake(
                        BACKOUT,
                        "  dir: var/",
                        "  dirs: var/",
                        "config/backout.yml:10 store/dirs: there is no such key. Did you mean"
                                + " \"dir\"? Keys here are: dir"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:",
                "localhost:0",
                "localhost:65536",
                "localhost:6379/0",
                "redis://localhost:6379",
                "redis://:sesame@localhost:6379",
                ":sesame@localhost:6379",
                "::1:6379",
                "[::1]",
                "[::1::2]:6379",
                "[127.0.0.1]:6379",
                "unix:///run/redis.sock"
            })
    void an_address_in_another_form_is_refused_and_not_repeated(String now, @TempDir Path folder)
            throws IOException {
        String address = "address: localhost:6379";
        var site = TestSite.in(folder).change(TARGETS, address, "address: \"" + now + "\"");
        assertThat(site.problems())
                .containsExactly(
                        "config/targets.yml:59 targets/compose/claude-relay/redis/address: should"
                                + " be HOST:PORT, is something else (not repeated here). Write for"
                                + " example localhost:6379 or [::1]:6379, without a scheme or a"
                                + " password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.7:6379", "my_redis.internal:1", "[::1]:6379", "[fd00::7]:65535"})
    void an_address_in_its_form_is_read(String now, @TempDir Path folder) throws IOException {
        var site = TestSite.in(folder).change(TARGETS, "localhost:6379", "\"" + now + "\"");
        var target = site.load().site().targets().values().iterator().next();
        assertThat(target.settings().text("redis.address")).isEqualTo(now);
    }

    private static Mistake host(String keys, String... told) {
        return mistake(HOSTS, "hosts: {}", "hosts:\n  db1:\n    user: bot\n" + keys, told);
    }

    static Stream<Mistake> acrossFiles() {
        return Stream.of(
                mistake(
                        CHAT,
                        "  announce: []",
                        "  announce: [C0123 outcome of compose/x]",
                        "config/chat.yml:16 slack/announce: there is no target \"compose/x\"."
                                + " Targets are: compose/claude-relay, container/one-api,"
                                + " dns/vidfab, rebuild/vidfab, source/relay-edge,"
                                + " vercel/vidfab;"
                                + " all of a kind are KIND/*"),
                mistake(
                        "config/notices.yml",
                        "receivers: {}",
                        """
                        receivers:
                          webhook/a:
                            url: https://a.example.com
                            secret: env:A
                            tells: [locks]
                        """,
                        "config/notices.yml:7 receivers/webhook/a/tells: nothing that can be told"
                                + " is called \"locks\". Did you mean \"lock\"? What can be told:"
                                + " request, proposal, outcome, lock, mark, problem, standby"),
                mistake(
                        TARGETS,
                        "host: local",
                        "host: ssh:db1",
                        "config/targets.yml:7 targets/compose/claude-relay/host: there is no host"
                                + " \"ssh:db1\". Hosts are: local; describe others in"
                                + " config/hosts.yml"),
                host(
                        "    address: a b\n    port: 70000\n",
                        "config/hosts.yml:7 hosts/db1/address: should be a name or an IP address."
                                + " Write its port below port:, its user below user:",
                        "config/hosts.yml:8 hosts/db1/port: should be a port, 1 to 65535. Leave it"
                                + " out for 22"),
                host(
                        "    address: db1\n    key: /root/id\n    host-key: ssh-ed25519 AAAA\n",
                        "config/hosts.yml:8 hosts/db1/key: should be agent, or file:PATH of a"
                                + " private key. Write the whole path, such as"
                                + " file:/etc/backout/id_ed25519",
                        "config/hosts.yml:9 hosts/db1/host-key: should be the kind of a key and the"
                                + " key: ssh-ed25519 AAAA…. bot/backout hosts scan db1 prints it"),
                mistake(
                        HOSTS,
                        "hosts: {}",
                        """
                        hosts:
                          db1:
                            address: db1
                            user: -oProxyCommand=id
                            key: file:~/.ssh/id
                        """,
                        "config/hosts.yml:7 hosts/db1/user: should be a name, and begin with no"
                                + " hyphen. Write who logs in there, such as deploy",
                        "config/hosts.yml:8 hosts/db1/key: should be agent, or file:PATH of a"
                                + " private key. Write the whole path, such as"
                                + " file:/etc/backout/id_ed25519"),
                host(
                        "    address: db1\n    jump: db1\n",
                        "config/hosts.yml:8 hosts/db1/jump: db1 is itself not reached directly."
                                + " Name a machine that has no jump of its own"),
                host(
                        "    address: db1\n    jump: gate\n",
                        "config/hosts.yml:8 hosts/db1/jump: there is no host \"gate\". Write the"
                                + " name of another machine of this file"),
                mistake(
                        GROUPS,
                        "groups: {}",
                        """
                        groups:
                          shop: {targets: [compose/claude-relay, compose/claude-rely]}
                          lone: {targets: [vercel/vidfab]}
                          twin: {targets: [vercel/vidfab, vercel/vidfab]}
                        """,
                        "config/groups.yml:5 groups/shop/targets: there is no target"
                                + " \"compose/claude-rely\". Did you mean \"compose/claude-relay\"?"
                                + " Write it as targets.yml does: kind/name",
                        "config/groups.yml:6 groups/lone/targets: a group has at least two targets."
                                + " Name them in the order in which they are switched",
                        "config/groups.yml:7 groups/twin/targets: vercel/vidfab is named twice."
                                + " Name it once, where it is to be switched"),
                mistake(
                        TARGETS,
                        "checklists: [relay-basic,",
                        "checklists: [relay-basik,",
                        "config/targets.yml:97 targets/compose/claude-relay/checklists: there is"
                                + " no list \"relay-basik\". Did you mean \"relay-basic\"?"
                                + " Describe it in config/checklists.yml"),
                mistake(
                        CHECKLISTS,
                        "- GET {url}/web [STATUS] == 200",
                        "- GET {url}/web [STATUS] = 200",
                        "config/checklists.yml:10 checklists/relay-basic/checks/2: \"=\" at"
                            + " character 24 of \"GET {url}/web [STATUS] = 200\" is no operator."
                            + " Write one of: == != < <= > >="),
                mistake(
                        CHECKLISTS,
                        "      - The token statistics go on counting\n",
                        """
                            suite:
                              - PUSH {url}/keys
                              - POST {url}/keys keep id = [BODY].id with {"n":"{nobody}"}
                              - GET {url}/keys with {}
                            clean-up:
                              - DELETE {url}/keys/{id}
                        """,
                        "config/checklists.yml:25 checklists/relay-features/suite/1: is no step of"
                            + " a suite. Write METHOD ADDRESS [as {NAME}] [[STATUS] == 200] [keep"
                            + " NAME = [BODY].PATH] [with JSON], in this order",
                        "config/checklists.yml:26 checklists/relay-features/suite/2: asks for"
                            + " {nobody}, compose/claude-relay has none. Keep it of a step before,"
                            + " or add it to the secrets of that target",
                        "config/checklists.yml:27 checklists/relay-features/suite/3: is no step of"
                            + " a suite. Write METHOD ADDRESS [as {NAME}] [[STATUS] == 200] [keep"
                            + " NAME = [BODY].PATH] [with JSON], in this order"),
                mistake(
                        CHECKLISTS,
                        "as {api-key}",
                        "as {apikey}",
                        "config/checklists.yml:18 checklists/relay-features/checks/1:"
                                + " compose/claude-relay has no secret \"apikey\". Its secrets are:"
                                + " api-key"),
                mistake(
                        TARGETS,
                        "policy: production",
                        "policy: prodution",
                        "config/targets.yml:9 targets/compose/claude-relay/policy: there is no"
                            + " policy \"prodution\". Did you mean \"production\"? Policies are:"
                            + " production, staging, urgent"),
                mistake(
                        TARGETS,
                        "compose/claude-relay:",
                        "compos/claude-relay:",
                        "config/targets.yml:5 targets/compos/claude-relay: there is no kind"
                                + " \"compos\". Did you mean \"compose\"? Kinds are: compose,"
                                + " container, dns, rebuild, source, vercel"),
                mistake(
                        TARGETS,
                        "compose/claude-relay:",
                        "claude-relay:",
                        "config/targets.yml:5 targets/claude-relay: the name should be kind/name in"
                                + " lower-case words, such as compose/claude-relay. Rename it"),
                mistake(
                        TARGETS,
                        "    without-checks: []\n",
                        "    without-checks:\n      - container [STAT] =="
                                + " running within 60s\n",
                        "config/targets.yml:23 targets/compose/claude-relay/without-checks/1: its"
                            + " command has no check \"container [STAT] == running within 60s\"."
                            + " Did you mean \"container [STATE] == running within 60s\"?"),
                mistake(
                        TARGETS,
                        "[STATUS] == 200",
                        "[STATUS] = 200",
                        "config/targets.yml:18 targets/compose/claude-relay/checks/2: \"=\" at"
                            + " character 24 of \"GET {url}/web [STATUS] = 200\" is no operator."
                            + " Write one of: == != < <= > >="),
                mistake(
                        TARGETS,
                        "{url}/web",
                        "{uri}/web",
                        "config/targets.yml:18 targets/compose/claude-relay/checks/2: \"{uri}/web\""
                            + " at character 5 of \"GET {uri}/web [STATUS] == 200\" holds {uri},"
                            + " which nothing fills. Did you mean {url}? Known: {to}, {url},"
                            + " {version}"),
                mistake(
                        TARGETS,
                        "as {api-key}",
                        "as {apikey}",
                        "config/targets.yml:19 targets/compose/claude-relay/checks/3:"
                                + " compose/claude-relay has no secret \"apikey\". Its secrets are:"
                                + " api-key"),
                mistake(
                        APPROVALS,
                        "votes: 1",
                        "votes: 4",
                        "config/approvals.yml:7 policies/production/votes: needs 4 votes from L1"
                                + " on; when li or anna or ben or dora asks, only 3 can vote. Raise"
                                + " people to L1 in people.yml, or ask for fewer votes"),
                mistake(
                        APPROVALS,
                        "from: L1",
                        "from: L3",
                        "config/approvals.yml:7 policies/production/votes: needs 1 vote from L3 on;"
                            + " when dora asks, nobody can vote. Raise people to L3 in people.yml,"
                            + " or ask for fewer votes",
                        "config/approvals.yml:21 policies/production/escalate: calls L1, whose"
                                + " votes do not count: they do from L3 on. Leave L1 out, or let it"
                                + " decide: from: L1",
                        "config/approvals.yml:21 policies/production/escalate: calls L2, whose"
                                + " votes do not count: they do from L3 on. Leave L2 out, or let it"
                                + " decide: from: L2"),
                mistake(
                        APPROVALS,
                        "then: stop",
                        "then: wait",
                        "config/approvals.yml:26 policies/production/then: says not what happens"
                                + " then. Write: stop, or: keep asking every 15m; every 2m is the"
                                + " shortest"),
                mistake(
                        APPROVALS,
                        "L3: 15m",
                        "L3: 30m",
                        "config/approvals.yml:21 policies/production/escalate: calls a level when"
                                + " the time to approve is over. Shorten the delay, or lengthen"
                                + " approve-within"),
                mistake(
                        APPROVALS,
                        "L1: 0s",
                        "L1: 6m",
                        "config/approvals.yml:21 policies/production/escalate: calls a higher level"
                                + " before a lower one. Give the higher level the longer delay"),
                mistake(
                        APPROVALS,
                        "p1: urgent",
                        "p1: urgnet",
                        "config/approvals.yml:30 policies/production/p1: there is no policy"
                                + " \"urgnet\". Did you mean \"urgent\"? Policies are: production,"
                                + " staging, urgent"),
                mistake(
                        PEOPLE,
                        "people:",
                        "on-call: {L2: {rotation: anna every week}}\npeople:",
                        "config/people.yml:3 on-call/L2/rotation: is no rotation. Write it as in:"
                                + " [li, ben] every 7d from 2026-11-02T09:00 Asia/Shanghai"),
                mistake(
                        PEOPLE,
                        "people:",
                        "on-call: {L2: {people: [anna, li, bob]}}\npeople:",
                        "config/people.yml:3 on-call/L2: names li, who is L1. Raise li to L2, or"
                                + " name somebody else",
                        "config/people.yml:3 on-call/L2: names \"bob\", who is nobody here. Known"
                                + " people: anna, ben, dora, li"),
                mistake(
                        PEOPLE,
                        "people:",
                        "on-call: {L2: {people: [], zone: Mars}}\npeople:",
                        "config/people.yml:3 on-call/L2/zone: is no time zone. Write it as in:"
                                + " Europe/London"),
                mistake(
                        PEOPLE,
                        "people:",
                        "on-call: {L2: {people: []}}\npeople:",
                        "config/people.yml:3 on-call/L2: has nobody in it. Name people, or leave L2"
                                + " out: then all of L2 are called"),
                mistake(
                        PEOPLE,
                        "people:",
                        "on-call: {L2: {zone: UTC}}\npeople:",
                        "config/people.yml:3 on-call/L2: says of nobody that they are on call."
                                + " Write one of: people, rotation, calendar"),
                mistake(
                        PEOPLE,
                        "people:",
                        "on-call: {L2: {people: [anna], overrides: [ben in May]}}\npeople:",
                        "config/people.yml:3 on-call/L2/overrides: \"ben in May\" says not who"
                                + " stands in when. Write it as in: ben from 2026-12-24T09:00 to"
                                + " 2026-12-27T09:00"),
                mistake(
                        COMPOSE,
                        "level: L1",
                        "level: L4",
                        "commands/compose.yml:6 level: should be one of L0, L1, L2, L3, is \"L4\"."
                                + " Write one of them"),
                mistake(
                        COMPOSE,
                        "kind: compose",
                        "kind: composer",
                        "commands/compose.yml:8 kind: there is no kind \"composer\". Did you mean"
                            + " \"compose\"? Kinds are: compose, container, dns, rebuild, source,"
                            + " vercel"),
                mistake(
                        COMPOSE,
                        "kind: compose\n",
                        "",
                        "commands/compose.yml:3: a rollback has no \"kind\". Kinds are: compose,"
                                + " container, dns, rebuild, source, vercel"),
                mistake(
                        COMPOSE,
                        "name: compose",
                        "name: relay",
                        "commands/compose.yml:3 name: is \"relay\", the file is called \"compose\"."
                                + " Give both the same name"),
                mistake(
                        COMPOSE,
                        "does: rollback",
                        "does: rolback",
                        "commands/compose.yml:7 does: should be one of rollback, emergency, group,"
                            + " help, status, verify, suite, tick, decide, history, oncall,"
                            + " console, plan, cancel, approve, deny, confirm, fix, fixed, snooze,"
                            + " undo, keep, claim, giveback, nudge, unlock, mark, lock, freeze,"
                            + " lift, thaw, pause, resume, abort, breakglass, review, forward, is"
                            + " \"rolback\". Did you mean \"rollback\"? Write one of them"),
                mistake(
                        COMPOSE,
                        "container [RESTARTS] == 0",
                        "container [RESTART] == 0",
                        "commands/compose.yml:25 checks/2: \"[RESTART]\" at character 11 of"
                            + " \"container [RESTART] == 0\" cannot be seen of container. Did you"
                            + " mean [RESTARTS]? Known: [STATE], [HEALTH], [IMAGE], [RESTARTS],"
                            + " [MEMORY], [CPU]"),
                mistake(
                        COMPOSE,
                        "== {version}",
                        "== {verson}",
                        "commands/compose.yml:28 checks/5: \"{verson}\" at character 36 of \"GET"
                                + " {url}/health [BODY].version == {verson}\" holds {verson}, which"
                                + " nothing fills. Did you mean {version}? Known: {to}, {url},"
                                + " {version}"),
                mistake(
                        COMPOSE,
                        "  - compose.protect",
                        "  - compose.protct",
                        "commands/compose.yml:13 prepare/2: there is no action \"compose.protct\""
                                + " here. Did you mean \"compose.protect\"? Actions here are:"
                                + " compose.pull, compose.protect, compose.backup"),
                mistake(
                        COMPOSE,
                        "  - compose.backup",
                        "  - compose.up",
                        "commands/compose.yml:14 prepare/3: there is no action \"compose.up\" here."
                                + " It belongs below switch. Actions here are: compose.pull,"
                                + " compose.protect, compose.backup"),
                mistake(
                        COMPOSE,
                        "  - compose.up",
                        "  - rm -rf /",
                        "commands/compose.yml:19 switch/2: there is no action \"rm -rf /\" here."
                                + " Actions here are: compose.file, compose.up, compose.swap"),
                mistake(
                        COMPOSE,
                        "[to RELEASE]",
                        "[to RELEASE",
                        "commands/compose.yml:5 words: \"[to\" is neither a word, a VALUE nor a|b."
                                + " Write for example [TARGET] [to RELEASE] [because REASON...]"),
                mistake(
                        COMPOSE,
                        "[to RELEASE]",
                        "[to RELEASE] [speed FAST]",
                        "commands/compose.yml:5 words: rollback does nothing with \"fast\". It"
                                + " understands: target, release, ttl, service, with-its-files,"
                                + " without-data-backup, severity, reason, from, drain, swap"),
                mistake(
                        COMPOSE,
                        "drain 0s|3s|10s",
                        "drain 0s|30s",
                        "commands/compose.yml:5 words: \"drain\" offers other values than its"
                                + " setting. Write [drain 0s|3s|10s]"),
                mistake(
                        COMPOSE,
                        "switch:\n  - compose.file\n  - compose.up\n",
                        "",
                        "commands/compose.yml:3: a rollback has no \"switch\". Say which actions"
                                + " are the downtime"),
                mistake(
                        "commands/keep.yml",
                        "does: keep",
                        "does: undo",
                        "commands: no command does: keep. Copy the shipped files of these names"),
                mistake(
                        "commands/keep.yml",
                        "words: \"RUN [because REASON...]\"\n",
                        "",
                        "commands/keep.yml:2: the words do not ask for RUN. Add it without"
                                + " brackets: keep cannot answer without it"),
                mistake(
                        "commands/help.yml",
                        "does: help",
                        "does: help\nkind: compose",
                        "commands/help.yml:7 kind: belongs to rollbacks, this command does help."
                                + " Leave the key out"));
    }

    static Stream<Mistake> yaml() {
        return Stream.of(
                mistake(
                        PEOPLE,
                        "    level: L3",
                        "\tlevel: L3",
                        "config/people.yml:20: the line begins with a tab. Indent with spaces"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: L3: x",
                        "config/people.yml:20: a second \": \" stands in the line, at column 14."
                                + " Put the text in quotes, or the key on a line of its own"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: \"L3",
                        "config/people.yml:44: is not YAML at column 1: while scanning a quoted"
                            + " scalar, found unexpected end of stream. Check quotes, brackets and"
                            + " indentation from here upwards"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: \"\\UFFFFFFFF\"",
                        "config/people.yml:20: is not YAML that can be read, from this line on."
                                + " Check what stands after \\ in quotes, and a line with %"),
                mistake(
                        PEOPLE,
                        "people:",
                        "%YAML 3.0\n---\npeople:",
                        "config/people.yml:1: is not YAML that can be read, from this line on."
                                + " Check what stands after \\ in quotes, and a line with %"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: L3\n---\npeople: {}",
                        "config/people.yml:21: a second document begins with ---. Keep one document"
                                + " per file"),
                mistake(
                        PEOPLE,
                        "    level: L3",
                        "    <<: *anna",
                        "config/people.yml:19 people/dora: has no \"level\". Add it. L0 may only"
                                + " look, L1 developer, L2 lead, L3 decides.",
                        "config/people.yml:20 people/dora/<<: is an alias, *anna. Write the value"
                                + " out",
                        "config/people.yml:20 people/dora/<<: there is no such key. Keys here are:"
                                + " level, accounts, role, phone, mail, webhook, pager"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: !!str L3",
                        "config/people.yml:20 people/dora/level: has the tag tag:yaml.org,2002:str."
                                + " Leave the tag out"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: \u0007",
                        "config/people.yml:20: holds the control character U+0007. Delete it"),
                mistake(
                        PEOPLE,
                        "  dora:\n    level: L3",
                        "  ? [a]\n  : b",
                        "config/people.yml:19 people: a key is not a word. Write key: value"),
                mistake(
                        PEOPLE,
                        "level: L3",
                        "level: " + "[".repeat(30) + "]".repeat(30),
                        "config/people.yml:20"
                            + " people/dora/level/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1: is nested"
                            + " more than 20 deep. Keep to the keys of the README"));
    }

    @ParameterizedTest
    @MethodSource({"keysAndForms", "acrossFiles", "yaml"})
    void each_mistake_is_told_with_its_line_and_what_to_do(Mistake mistake, @TempDir Path folder)
            throws IOException {
        var told =
                TestSite.in(folder).change(mistake.file(), mistake.old(), mistake.now()).problems();
        assertThat(told).containsExactlyElementsOf(mistake.told());
    }
}

package backout.executor.source;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.run.Findings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of the machine that name a release itself and not the link: whoever reads them finds the
 * one that was left, also after a rollback.
 *
 * @param places files and folders that are searched; those that are not there hold nothing
 */
record Mentions(Host host, List<String> places) {
    /** Where jobs, proxies and log rotation are described. */
    static final List<String> USUAL =
            List.of(
                    "/etc/crontab",
                    "/etc/cron.d",
                    "/var/spool/cron",
                    "/etc/nginx",
                    "/etc/apache2",
                    "/etc/httpd",
                    "/etc/haproxy",
                    "/etc/caddy",
                    "/etc/logrotate.d");

    private static final Duration WITHIN = Duration.ofSeconds(20);

    Mentions {
        places = List.copyOf(places);
    }

    /** A checkout that runs in place is named by what will be the link. */
    Findings of(Layout layout) {
        List<String> files = layout.isInPlace() ? List.of() : naming(layout.current());
        return files.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "{0} names the release that is left, and goes on doing so: let it"
                                        + " name {1} instead",
                                Phrase.list(files), layout.link()));
    }

    private List<String> naming(Path release) {
        String literal = release.toString().replaceAll("[.\\[\\]{}()*+?^$|\\\\]", "\\\\$0");
        var words =
                new ArrayList<>(List.of("grep", "-rlsE", "--", literal + "([^[:alnum:]._-]|$)"));
        words.addAll(places);
        return host.run(Command.of(WITHIN, words).in(Path.of("/")))
                .exited()
                .stdout()
                .text()
                .lines()
                .sorted()
                .toList();
    }
}

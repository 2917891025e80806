package backout.init;

import backout.config.SiteLoader;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tries the command's checks on what runs now, and asks about each that does not hold. */
final class Fitting {
    private static final String SHOULD = "should: ";
    private static final Pattern WORD = Pattern.compile("(.* == )[A-Za-z][\\w-]*( .*|)");

    private final Dialog dialog;
    private final Rules rules;
    private final SiteLoader.Loaded loaded;

    /**
     * @param loaded the folder as it would be written
     */
    Fitting(Dialog dialog, Rules rules, SiteLoader.Loaded loaded) {
        this.dialog = dialog;
        this.rules = rules;
        this.loaded = loaded;
    }

    /** The same target without the checks that do not fit, or with what fits instead. */
    Drafts.Target of(Drafts.Target target) {
        Map<String, Rules.Tried> tried = rules.tried(loaded, target.fullName());
        var replaced = new LinkedHashMap<String, String>();
        var unfit = new ArrayList<String>();
        tried.forEach((check, how) -> {
            if (how.holds()) {
                return;
            }
            dialog.say(
                    Phrase.of(
                            "This check of commands/{0}.yml does not hold for {1} now: {2}"
                                    + " (seen: {3})",
                            target.service().kind(), target.name(), check, how.seen()));
            Optional<String> instead = instead(target, check, how.seen());
            if (instead.filter(this::isTaken).isPresent()) {
                replaced.put(check, instead.get());
            } else if (isLeftOut()) {
                unfit.add(check);
            }
        });
        inVain(rules.checks(target.service().kind()), unfit, tried).stream()
                .filter(this::isLeftOutToo)
                .forEach(unfit::add);
        var without = new ArrayList<>(target.without());
        without.addAll(replaced.keySet());
        without.addAll(unfit);
        var checks = new ArrayList<>(target.checks());
        checks.addAll(replaced.values());
        return target.checkedBy(checks, without);
    }

    /** The same check of the word that was seen, where that means well too. */
    private static Optional<String> instead(Drafts.Target target, String check, Phrase seen) {
        Matcher wanted = WORD.matcher(check);
        return wanted.matches() && BodyChecks.isWell(seen.toString())
                ? Optional.of(wanted.group(1) + seen + wanted.group(2))
                        .filter(line -> !target.checks().contains(line))
                : Optional.empty();
    }

    private boolean isTaken(String line) {
        return dialog.agrees(Phrase.of("Shall it be this instead: {0}", line), true);
    }

    private boolean isLeftOut() {
        return dialog.agrees(Phrase.of("Does it not fit this service, and is left out?"), true);
    }

    private boolean isLeftOutToo(String check) {
        dialog.say(Phrase.of("This one asks the same place and could not be tried: {0}", check));
        return isLeftOut();
    }

    /** Where a must-check does not fit, what else the same place is asked, and nobody answered. */
    private static List<String> inVain(
            List<String> checks, List<String> unfit, Map<String, Rules.Tried> tried) {
        List<String> places =
                unfit.stream()
                        .filter(check -> !check.startsWith(SHOULD))
                        .map(Fitting::subject)
                        .toList();
        return checks.stream()
                .filter(check -> !tried.containsKey(check))
                .filter(check -> places.contains(subject(check)))
                .toList();
    }

    private static String subject(String check) {
        return check.replaceFirst("^" + SHOULD, "").replaceFirst(" \\[.*", "");
    }
}

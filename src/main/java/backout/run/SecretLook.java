package backout.run;

import backout.check.Check;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.problem.Problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the secrets that a plan needs are there for this process. */
public record SecretLook(Secrets secrets) {
    /**
     * Those that checks name; one that no check must have is amber.
     *
     * @param lines with their placeholders filled
     */
    public Findings ofChecks(Target target, List<String> lines) {
        Settings settings = target.settings();
        Map<String, String> named = settings.secrets("secrets");
        var findings = Findings.fine();
        for (Check check : Check.filled(lines)) {
            Optional<Problem> missing =
                    check.subject()
                            .secret()
                            .filter(name -> secrets.named(settings, name).isEmpty())
                            .map(name ->
                                    problem(target, name, named.getOrDefault(name, ""), check));
            findings = findings.and(missing.map(one -> told(one, check)).orElse(Findings.fine()));
        }
        return findings;
    }

    private static Findings told(Problem missing, Check check) {
        return check.severity() == Check.Severity.MUST
                ? Findings.red(missing)
                : Findings.amber(missing.what());
    }

    private static Problem problem(Target target, String name, String reference, Check check) {
        return new Problem(
                Phrase.of(
                        "the secret {0} that the check {1} needs is not there: {2}",
                        name, check.text(), led(reference)),
                target.file(),
                next(reference));
    }

    /** The password of the Redis that is backed up. */
    public Findings ofRedis(Target target, String reference) {
        return secrets.of(reference).isPresent()
                ? Findings.fine()
                : Findings.red(
                        new Problem(
                                Phrase.of(
                                        "the password of Redis that the backup needs is not there:"
                                                + " {0}",
                                        led(reference)),
                                target.file(),
                                next(reference)));
    }

    /** The reference, never what it leads to. */
    private static Phrase led(String reference) {
        return reference.startsWith("env:")
                ? Phrase.of("the variable {0} is not set in this process", reference.substring(4))
                : Phrase.of("{0} is empty or cannot be read", reference);
    }

    private static Phrase next(String reference) {
        return reference.startsWith("env:")
                ? Phrase.of(
                        "set it where the bot and this command are started, as bot/README.md says;"
                                + " then ask again")
                : Phrase.of("mend the file or its rights, then ask again");
    }
}

package backout.executor.compose;

import backout.check.Check;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.problem.Problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the secrets that the checks and the backup name are there for this process. */
final class SecretLook implements Preflight.Look {
    private final Secrets secrets;

    SecretLook(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Findings at(Prospect prospect) {
        Settings settings = prospect.target().settings();
        Map<String, String> named = settings.secrets("secrets");
        List<String> lines =
                prospect.choice()
                        .checks(
                                prospect.target(),
                                prospect.wanted().command().checksFor(prospect.target()));
        var findings = Findings.fine();
        for (Check check : Check.filled(lines)) {
            Optional<Problem> missing =
                    check.subject()
                            .secret()
                            .filter(name -> secrets.named(settings, name).isEmpty())
                            .map(name ->
                                    problem(
                                            prospect.target(),
                                            name,
                                            named.getOrDefault(name, ""),
                                            check));
            findings = findings.and(missing.map(one -> told(one, check)).orElse(Findings.fine()));
        }
        return findings.and(redis(prospect));
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

    private Findings redis(Prospect prospect) {
        boolean saves = prospect.prepares("compose.backup") && !Unsaved.isWished(prospect.wanted());
        return RedisWay.of(prospect.target().settings())
                .filter(_ -> saves)
                .flatMap(RedisWay::password)
                .filter(reference -> secrets.of(reference).isEmpty())
                .map(reference ->
                        Findings.red(
                                new Problem(
                                        Phrase.of(
                                                "the password of Redis that the backup needs is not"
                                                        + " there: {0}",
                                                led(reference)),
                                        prospect.target().file(),
                                        next(reference))))
                .orElse(Findings.fine());
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

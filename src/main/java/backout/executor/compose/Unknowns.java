package backout.executor.compose;

import backout.executor.compose.traits.Trait;
import backout.executor.compose.traits.Traits;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Variables that nobody gave a value, and what of a service each of them would reach: found by
 * giving each a value of its own and looking where it comes out.
 */
final class Unknowns {
    /** A number may stand where a port does, and most other places. */
    private static final int FIRST = 61_001;

    private final Model now;
    private final Map<String, Found> found;

    /** A value and what compose understands with it. */
    private record Found(String value, Model model) {}

    private Unknowns(Model now, Map<String, Found> found) {
        this.now = now;
        this.found = found;
    }

    static Unknowns look(ComposeCli cli, Project project, Model now, List<String> variables) {
        var values = new LinkedHashMap<String, String>();
        for (String variable : variables) {
            values.put(variable, Integer.toString(FIRST + values.size()));
        }
        if (values.isEmpty()) {
            return new Unknowns(now, Map.of());
        }
        Map<String, Found> found = found(cli, project, values);
        if (found.isEmpty()) {
            values.forEach((variable, value) ->
                    found.putAll(found(cli, project, Map.of(variable, value))));
        }
        return new Unknowns(now, found);
    }

    /** As numbers, else as paths; none where compose takes neither. */
    private static Map<String, Found> found(
            ComposeCli cli, Project project, Map<String, String> numbers) {
        var paths = new LinkedHashMap<String, String>();
        numbers.forEach((variable, number) -> paths.put(variable, "/" + number));
        var found = new LinkedHashMap<String, Found>();
        model(cli, project, numbers)
                .or(() -> model(cli, project, paths))
                .ifPresent(model ->
                        numbers.forEach((variable, number) ->
                                found.put(variable, new Found(number, model))));
        return found;
    }

    private static Optional<Model> model(
            ComposeCli cli, Project project, Map<String, String> variables) {
        try {
            return Optional.of(new Model(cli.config(project, variables, new byte[0]).json()));
        } catch (ProblemException refused) {
            // Such a value cannot stand there: another form is tried
            return Optional.empty();
        }
    }

    /** The variables that reach this trait of the service. */
    List<String> of(String service, Trait trait) {
        var reaching = new ArrayList<String>();
        Optional<String> without = now.traits(service).value(trait);
        found.forEach((variable, with) -> {
            Optional<String> value = with.model().traits(service).value(trait);
            if (!value.equals(without) && value.orElse("").contains(with.value())) {
                reaching.add(variable);
            }
        });
        return reaching;
    }

    /** All that would have this place or name only with a value. */
    List<String> naming(String service, Trait missing) {
        Traits without = now.traits(service);
        return found.entrySet().stream()
                .filter(it ->
                        it.getValue().model().traits(service).values().keySet().stream()
                                .anyMatch(trait ->
                                        trait.kind().equals(missing.kind())
                                                && trait.name().contains(it.getValue().value())
                                                && without.value(trait).isEmpty()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}

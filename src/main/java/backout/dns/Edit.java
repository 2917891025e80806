package backout.dns;

import backout.language.Phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one record: it comes, goes, or becomes another and keeps its id.
 *
 * @param old empty when it comes
 * @param wanted empty when it goes
 */
record Edit(Optional<Kept> old, Optional<Wanted> wanted) {
    /** One record that shall be there. */
    record Wanted(RecordSet set, String value) {
        boolean leadsAs(Kept kept) {
            return set.type().equals(kept.type()) && value.equals(kept.value());
        }

        /** To the letter: its time and its proxying too. */
        boolean is(Kept kept) {
            return leadsAs(kept) && set.ttl() == kept.ttl() && set.proxied() == kept.proxied();
        }

        boolean mayBeMadeOf(Kept kept) {
            return !kept.type().equals("HTTPS") && !set.type().equals("HTTPS");
        }
    }

    /** For people: {@code www.vidfab.ai. CNAME old.vidfab.ai. (300 s) → A 192.0.2.1 (60 s)}. */
    Phrase says() {
        Optional<RecordSet> after = wanted.map(one -> one.set().withValues(List.of(one.value())));
        return new Records.Change(old.map(Kept::alone), after).told();
    }

    /**
     * Everything that makes the second of the first, name by name. At no moment stands a record
     * beside an alias of its name, and a name that leads somewhere before and after leads somewhere
     * all the while.
     *
     * @param all of the zone
     */
    static List<Edit> of(List<Kept> all, Records before, Records after) {
        return before.names(after).stream()
                .flatMap(name -> of(all, before, after, name).stream())
                .toList();
    }

    private static List<Edit> of(List<Kept> all, Records before, Records after, String name) {
        var old = new ArrayList<Kept>();
        var wanted = new ArrayList<Wanted>();
        for (String type : RecordSet.TYPES) {
            Optional<RecordSet> to = after.set(name, type);
            if (before.set(name, type).isPresent() || to.isPresent()) {
                all.stream()
                        .filter(one -> one.name().equals(name) && one.type().equals(type))
                        .forEach(old::add);
            }
            to.ifPresent(set -> set.values().forEach(value -> wanted.add(new Wanted(set, value))));
        }
        return paired(old, wanted);
    }

    /** What is there already stays, so that nobody is asked for the same record twice. */
    private static List<Edit> paired(List<Kept> old, List<Wanted> wanted) {
        var edits = new ArrayList<Edit>();
        var coming = new ArrayList<Edit>();
        var missing = new ArrayList<Wanted>();
        for (Wanted one : wanted) {
            Optional<Kept> same = old.stream().filter(one::leadsAs).findFirst();
            same.ifPresent(old::remove);
            same.filter(kept -> !one.is(kept))
                    .ifPresent(kept -> edits.add(new Edit(same, Optional.of(one))));
            if (same.isEmpty()) {
                missing.add(one);
            }
        }
        for (Wanted one : missing) {
            Optional<Kept> becomes = old.stream().filter(one::mayBeMadeOf).findFirst();
            becomes.ifPresent(old::remove);
            (becomes.isPresent() ? edits : coming).add(new Edit(becomes, Optional.of(one)));
        }
        edits.addAll(coming);
        List<Edit> going =
                old.stream().map(kept -> new Edit(Optional.of(kept), Optional.empty())).toList();
        boolean isAlias = wanted.stream().anyMatch(one -> one.set().type().equals("CNAME"));
        edits.addAll(isAlias ? 0 : edits.size(), going);
        return edits;
    }
}

package backout.chat.console.web;

import backout.problem.Problem;

import java.util.List;

/** What does not work, as a part of a page: what and where, why, and what to do next. */
final class Problems {
    private Problems() {}

    static Html of(List<Problem> problems) {
        return Html.all(problems.stream().map(Problems::of).toList());
    }

    private static Html of(Problem problem) {
        var box = Html.of("div").css("problem");
        var what = Html.of("p").css("what");
        if (!problem.where().isEmpty()) {
            what.add(Html.of("span", problem.where()).css("where")).text(": ");
        }
        box.add(what.text(problem.what()));
        if (!problem.next().isEmpty()) {
            box.add(Html.of("p", problem.next()).css("next"));
        }
        return box;
    }
}

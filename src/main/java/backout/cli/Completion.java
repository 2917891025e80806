package backout.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The script by which bash and zsh complete {@code backout}. The library writes it, with what is
 * known when it is written; names of a site are asked for when somebody presses Tab there.
 */
final class Completion {
    static final List<String> SHELLS = List.of("bash", "zsh");

    private static final String HEAD =
            """
            # Completes backout in bash and zsh: commands, options, and the names of the configuration that --config names.
            # Say it in ~/.bashrc or ~/.zshrc: . FILE     Printed by bot/backout completion bash; made by picocli.

            # Asks the program that stands in the line, for the folders that stand there.
            function _backout_names() {
              local i folders
              folders=()
              for (( i=1; i<COMP_CWORD-1; i++ )); do
                case ${COMP_WORDS[i]} in
                  --config|--commands) folders+=("${COMP_WORDS[i]}" "${COMP_WORDS[i+1]}") ;;
                esac
              done
              "${COMP_WORDS[0]/#\\~/$HOME}" completion "$1" "${folders[@]}" 2>/dev/null </dev/null
            }

            """;

    /** Where the library's own text begins that is no comment. */
    private static final String BODY = "if [ -n \"$BASH_VERSION\" ]; then";

    private static final Pattern LATER = Pattern.compile(" *local (\\w+)=\\(\"@(\\w+)\"\\).*\n");

    private Completion() {}

    /** Stands in the script where these names will be. */
    static String later(Names names) {
        return "@" + names.word();
    }

    static String script(CommandSpec root) {
        String made = AutoComplete.bash("backout", new CommandLine(root));
        String body = made.substring(made.indexOf(BODY));
        String script = LATER.matcher(body).replaceAll("");
        for (MatchResult list : LATER.matcher(body).results().toList()) {
            script =
                    script.replace(
                            "\"${" + list.group(1) + "[@]}\"",
                            "$(_backout_names " + list.group(2) + ")");
        }
        return HEAD + script;
    }
}

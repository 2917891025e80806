package backout.host;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a command is begun on another machine: whatever login shell is there is given a fixed text,
 * which lets {@code /bin/sh} read one line from the standard input and do as it says; what follows
 * that line is the command's own input. So neither secrets nor the words of a command pass through
 * a shell that is not known, or stand in the list of processes before it runs.
 */
final class ShellLine {
    /** Has no character that csh, fish or nu would read in another way. */
    static final String LOGIN = "exec /bin/sh -c 'IFS= read -r line && eval \"$line\"'";

    /** By it everything that a command started is found, to be ended. */
    static final String RUN = "BACKOUT_COMMAND";

    private static final String INHERITED =
            "PATH|HOME|USER|LOGNAME|LANG|TMPDIR|TZ|XDG_RUNTIME_DIR|XDG_CONFIG_HOME"
                    + "|HTTP_PROXY|HTTPS_PROXY|NO_PROXY|http_proxy|https_proxy|no_proxy|DOCKER_*";

    /** Of the variables that the login brought, only those that every command may see stay. */
    private static final String CLEAN =
            "for v in $(cat /proc/self/environ | tr '\\0' '\\n'"
                    + " | sed -n 's/^\\([A-Za-z_][A-Za-z0-9_]*\\)=.*/\\1/p'); do case $v in "
                    + INHERITED
                    + ") ;; *) (unset $v) 2>/dev/null && unset $v ;; esac; done; ";

    private final String id;

    /**
     * @param id of this one command, letters and digits
     */
    ShellLine(String id) {
        this.id = id;
    }

    /** Comes on both outputs before anything of the command's own. */
    String mark() {
        return id + " ok\n";
    }

    /** Stands on the standard output when the working directory is not there. */
    String noFolder() {
        return id + " folder";
    }

    /** Stands there when the program is not, before the PATH on which it was looked for. */
    String noProgram() {
        return id + " program";
    }

    /** Ends with the only line break in it. */
    String of(Command command) {
        var line = new StringBuilder("n=$(printf '\\nx'); n=${n%?}; ").append(CLEAN);
        line.append("export LC_ALL=C.UTF-8 ").append(RUN).append('=').append(id);
        new TreeMap<>(command.environment())
                .forEach((name, value) ->
                        line.append(' ').append(name).append('=').append(quoted(value)));
        line.append("; ");
        command.directory()
                .ifPresent(folder ->
                        line.append("cd -- ")
                                .append(quoted(folder.toString()))
                                .append(orSay(noFolder())));
        String program = quoted(command.argv().getFirst());
        line.append("command -v ")
                .append(program)
                .append(" >/dev/null")
                .append(orSay(noProgram() + " \"$PATH\""));
        line.append("echo ").append(id).append(" ok; echo ").append(id).append(" ok >&2; ");
        line.append(command.outlives() ? intoFiles(command) : "exec " + typed(command.argv()));
        return line.append('\n').toString();
    }

    private static String orSay(String what) {
        return " || { echo " + what + "; exit 127; }; ";
    }

    /**
     * Nothing that it reads or writes goes when the connection is cut; the shell waits for it and
     * clears up.
     */
    private static String intoFiles(Command command) {
        String typed = typed(command.argv());
        return "d=$(umask 077; mktemp -d) || exec "
                + typed
                + "; cat >$d/in || { rm -rf $d; exit 75; }; "
                + typed
                + " <$d/in >$d/out 2>$d/err; c=$?; cat $d/out; cat $d/err >&2; rm -rf $d; exit $c";
    }

    private static String typed(List<String> argv) {
        return argv.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
    }

    /** On one line, whatever is in it. */
    private static String quoted(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no command can be given a NUL");
        }
        return Command.typed(List.of(text)).replace("\n", "'\"$n\"'");
    }

    static Map<String, String> variables(byte[] environ) {
        var read = new TreeMap<String, String>();
        for (String one :
                new String(environ, java.nio.charset.StandardCharsets.UTF_8).split("\0", -1)) {
            int at = one.indexOf('=');
            if (at > 0 && !one.startsWith(RUN + "=")) {
                read.put(one.substring(0, at), one.substring(at + 1));
            }
        }
        return read;
    }
}

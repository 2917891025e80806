# Prints the numbers of the processes that have $1, NAME=VALUE, in their environment; with "kill" as $2 it ends them,
# again until none is left. Busybox's grep reads no further than the first NUL.
carriers() {
    if printf 'a\0b' | grep -qF b; then
        grep -lF -- "$1" /proc/[0-9]*/environ
    else
        ls -d /proc/[0-9]*/environ
    fi 2>/dev/null | while read -r found; do
        if { tr '\0' '\n' <"$found"; } 2>/dev/null | grep -qxF -- "$1"; then
            found=${found#/proc/}
            echo "${found%/environ}"
        fi
    done
}
[ -r /proc/self/environ ] || exit 1
if [ "$2" != kill ]; then
    carriers "$1"
    exit 0
fi
for try in 1 2 3 4 5 6 7 8 9 10; do
    found=$(carriers "$1")
    [ -n "$found" ] || exit 0
    kill -9 $found 2>/dev/null
    [ "$try" -lt 3 ] || sleep 1
done
exit 1

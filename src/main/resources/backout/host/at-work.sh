# Prints the numbers of the processes that have the variable $1 in their environment.
for found in $(grep -lF "$1" /proc/[0-9]*/environ 2>/dev/null); do
    if tr '\0' '\n' <"$found" 2>/dev/null | grep -qxF "$1"; then
        found=${found#/proc/}
        echo "${found%/environ}"
    fi
done
[ -r /proc/self/environ ]

# Adds what comes to a file that has so many bytes now: $1 the file, $2 the bytes
umask 077
mkdir -p "${1%/*}" || exit 1
[ -e "$1" ] || : >"$1"
[ "$(stat -c %s "$1")" = "$2" ] || exit 3
exec cat >>"$1"

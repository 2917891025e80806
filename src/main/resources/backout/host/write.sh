# Replaces the file $1, which must hold what has the SHA-256 $2, by the standard input, which has the SHA-256 $3: whole
# or not at all. Prints one word, and what belongs to it.
umask 077
sum() { sha256sum <"$1" 2>/dev/null | cut -c1-64; }
tell() { echo "$@"; exit 0; }
flush() { sync "$@" 2>/dev/null || sync; }
[ -e "$1" ] || tell gone
file=$(readlink -f -- "$1")
[ -f "$file" ] || tell irregular
[ "$(sum "$file")" = "$2" ] || tell changed
folder=${file%/*}
new=$(mktemp -- "${folder:-/}/.${file##*/}.XXXXXX" 2>&1) || tell failed "$new"
trap 'rm -f -- "$new"' EXIT
trap 'exit 1' HUP INT TERM

# with everything that hangs on the old one, where this user may give it
cp -a -- "$file" "$new" 2>/dev/null || cp -p -- "$file" "$new" 2>/dev/null
chmod u+w -- "$new"
said=$( (cat >"$new") 2>&1 ) || tell failed "$said"
chmod "$(stat -c %a -- "$file")" -- "$new"
[ "$(sum "$new")" = "$3" ] || tell failed "it did not come over whole"
flush "$new"

marks() { stat -c '%u %g %a' -- "$1"; ls -ld -- "$1" | cut -c1-11; }
attributes() { getfattr -h -d -m - -e hex --absolute-names -- "$1" 2>/dev/null | sed 1d; }
same() { [ "$(marks "$file")" = "$(marks "$new")" ] && [ "$(attributes "$file")" = "$(attributes "$new")" ]; }

if [ "$(stat -c %h -- "$file")" = 1 ] && same; then
    [ "$(sum "$file")" = "$2" ] || tell changed
    if said=$(mv -f -- "$new" "$file" 2>&1); then
        flush "${folder:-/}"
        [ "$(sum "$file")" = "$3" ] || tell other
        tell ok
    fi
    case $said in *busy*) ;; *) tell failed "$said" ;; esac
fi

# In place: a mount of its own, a second name, an owner that this user cannot give. The old text stays beside it.
kept=$folder/${file##*/}.before-$(echo "$2" | cut -c1-12)
rm -f -- "$kept"
said=$( (set -C; cat -- "$file" >"$kept") 2>&1 ) || tell failed "$said"
flush "$kept"
[ "$(sum "$kept")" = "$2" ] && [ "$(sum "$file")" = "$2" ] || tell changed
if said=$( (cat -- "$new" >"$file") 2>&1 ); then
    flush "$file"
    [ "$(sum "$file")" = "$3" ] || tell other
    tell ok
fi
(cat -- "$kept" >"$file") 2>/dev/null && flush "$file" && [ "$(sum "$file")" = "$2" ] || tell broke "$kept"
tell failed "$said"

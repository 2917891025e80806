# Puts a file in its place, whole or not at all, for its owner's eyes; what was there stays beside it.
# $1 the folder, $2 the name, $3 the SHA-256 of what is there (- for nothing), $4 that of what comes
umask 077
set -eu
f=$1/$2
hash() { if [ -e "$1" ]; then sha256sum "$1" | cut -c 1-64; else echo -; fi; }
now=$(hash "$f")
[ "$now" != "$4" ] || exit 0
[ "$now" = "$3" ] || exit 3
mkdir -p "$(dirname "$f")"
cat >"$f.backout-new"
[ "$(hash "$f.backout-new")" = "$4" ] || { rm -f "$f.backout-new" && exit 4; }
if [ "$3" != - ]; then
    aside=$f.before-$(echo "$3" | cut -c 1-12)
    cp -a "$f" "$aside.part"
    mv "$aside.part" "$aside"
fi
mv "$f.backout-new" "$f"

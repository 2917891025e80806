# Takes back what put.sh did, with the same arguments; a file that somebody changed since is let be.
# Further arguments: folders that were not there before, the innermost first
umask 077
set -eu
f=$1/$2
aside=$f.before-$(echo "$3" | cut -c 1-12)
hash() { if [ -e "$1" ]; then sha256sum "$1" | cut -c 1-64; else echo -; fi; }
now=$(hash "$f")
rm -f "$f.backout-new" "$aside.part"
if [ "$now" = "$3" ]; then
    [ "$3" = - ] || rm -f "$aside"
elif [ "$now" != "$4" ]; then
    exit 3
elif [ "$3" = - ]; then
    rm -f "$f"
else
    mv "$aside" "$f"
fi
shift 4
[ $# = 0 ] || rmdir -- "$@" 2>/dev/null || :

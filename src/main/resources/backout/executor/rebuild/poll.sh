# Waits a while for the end of what was started: its exit code, "running" or "gone", then its last words.
# $1 its folder, $2 tenths of a second
d=$1 left=$2
alive() { read -r pid since <"$d/pid" && [ "$(cut -d' ' -f22 "/proc/$pid/stat")" = "$since" ]; }
while [ "$left" -gt 0 ] && ! [ -e "$d/rc" ] && alive 2>/dev/null; do
    sleep 0.1
    left=$((left - 1))
done
state=gone
alive 2>/dev/null && state=running
[ -e "$d/rc" ] && state=$(cat "$d/rc")
echo "$state"
tail -c 4000 "$d/out" 2>/dev/null || :

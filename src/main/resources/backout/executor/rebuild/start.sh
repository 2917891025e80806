# Starts a command that goes on when the line is cut, unless it was started already.
# $1 the folder that it writes its end into, then the command
umask 077
d=$1
alive() { read -r pid since <"$d/pid" && [ "$(cut -d' ' -f22 "/proc/$pid/stat")" = "$since" ]; }
{ [ -e "$d/rc" ] || alive; } 2>/dev/null && exit 0
rm -rf "$d" && mkdir -p "$d" || exit 1
setsid sh -c 'd=$1; shift
    echo "$$ $(cut -d" " -f22 /proc/$$/stat)" >"$d/pid.part" && mv "$d/pid.part" "$d/pid" || exit 1
    "$@" >"$d/out" 2>&1 </dev/null
    echo $? >"$d/rc.part" && mv "$d/rc.part" "$d/rc"' sh "$@" </dev/null >/dev/null 2>&1 &
i=0
until [ -e "$d/pid" ]; do
    i=$((i + 1))
    [ $i -lt 100 ] || exit 1
    sleep 0.1
done

# Tells of the file or folder $1 what decides whether it could be replaced, or written into; writes nothing.
# First line: words; then owner of the folder, the folder, and what is mounted.
at=$1
if { [ -e "$at" ] || [ -L "$at" ]; } && [ ! -d "$at" ]; then
    echo file
    [ -e "$at" ] || { echo gone; exit 0; }
    at=$(readlink -f -- "$at")
    if [ -f "$at" ] && (: >>"$at") 2>/dev/null; then echo opens; fi
    [ "$(stat -c '%u %h' -- "$at")" = "$(id -u) 1" ] && echo own
    at=${at%/*}
    at=${at:-/}
fi
while [ ! -e "$at" ] && [ -n "$at" ]; do
    at=${at%/*}
done
at=${at:-/}
at=$(readlink -f -- "$at")
[ -d "$at" ] && echo folder
[ -w "$at" ] && [ -x "$at" ] && echo enters
[ "$(id -u)" = 0 ] && echo root
echo
stat -c %U -- "$at"
echo "$at/"
echo
cat /proc/self/mountinfo

# Prints the path behind all links, and a line break.
if [ -e "$1" ]; then
    readlink -f -- "$1"
else
    stat -L -- "$1" >/dev/null
fi

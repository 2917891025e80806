# Prints what stands at the socket $1, and where the engine of this user alone would listen.
if [ ! -e "$1" ]; then
    echo none
elif [ ! -S "$1" ]; then
    echo other
elif [ ! -w "$1" ]; then
    echo closed
else
    echo open
fi
own=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/docker.sock
[ ! -S "$own" ] || echo "$own"

# Prints "FREE BLOCKSIZE FREE-INODES INODES" of the file system that $1, or the nearest folder above it, is on.
at=$1
while [ ! -e "$at" ] && [ -n "$at" ]; do
    at=${at%/*}
done
stat -f -c '%a %S %d %c' -- "${at:-/}"

# Prints "MODE SIZE SECONDS NAME//" for each thing in the folder $1. No name has a slash in it.
cd -- "$1" || exit 1
[ -r . ] || { echo "Permission denied" >&2; exit 1; }
find . ! -name . -prune -exec stat -c '%f %s %Y %n//' -- {} + 2>/dev/null
exit 0

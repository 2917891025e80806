# Removes what was kept of something that ended: $1 its folder
rm -rf "$1"
rmdir "${1%/*}" 2>/dev/null || :

# The SHA-256 of files by name, - for what is not there: $1 their folder, then the names
folder=$1
shift
for name in "$@"; do
    hash=-
    if [ -e "$folder/$name" ]; then hash=$(sha256sum "$folder/$name") || exit 1; fi
    echo "${hash%% *} $name"
done

# Compose, by whichever of its two names is there: $1 the folder, $2 the project, $3 its file, then the words
export LC_ALL=C
umask 022
cd "$1" || exit 1
project=$2 file=$3
shift 3
if docker compose version >/dev/null 2>&1; then
    exec docker compose --project-name "$project" --file "$file" "$@"
fi
exec docker-compose --project-name "$project" --file "$file" "$@"

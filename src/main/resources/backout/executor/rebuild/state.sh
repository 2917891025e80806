# What of a project is there: a word and a value a line. $1 its name, $2 the service that is asked about
export LC_ALL=C
command -v docker >/dev/null || exit 0
docker version >/dev/null || exit 1
all=$(docker ps --all --no-trunc --filter "label=com.docker.compose.project=$1" \
    --format '{{.ID}} {{.Label "com.docker.compose.service"}} {{.State}}') || exit 1
echo "$all" | while read -r id service state; do
    [ -n "$id" ] || continue
    echo "service $service $state"
    [ "$service" != "$2" ] || docker inspect --format 'image {{.Image}}' "$id" || exit 1
done

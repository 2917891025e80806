# What a machine is, and what of a project is there: a word and a value a line. Changes nothing.
# $1 the project's name, $2 its folder, then the names of its files
export LC_ALL=C
project=$1 folder=$2
shift 2
say() { echo "$1 $(echo "$2" | head -n 1)"; }
say system "$(. /etc/os-release 2>/dev/null; echo "${PRETTY_NAME:-$(uname -sr)}")"
say architecture "$(uname -m)"
say memory "$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
say clock "$(date +%s)"
for tool in apt-get dnf; do command -v $tool >/dev/null && { say packages $tool; break; }; done
[ -d /run/systemd/system ] && say systemd yes
[ "$(getenforce 2>/dev/null)" = Enforcing ] && say selinux enforcing
if command -v docker >/dev/null; then
    case $(docker --version 2>/dev/null) in
    *[Pp]odman*) version=podman ;;
    *) version=$(docker version --format '{{.Server.Version}}' 2>/dev/null) || version=silent ;;
    esac
    case $(readlink -f "$(command -v docker)") in */snap) version=snap ;; esac
    say docker "$version"
    say data "$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)"
    say compose "$(docker compose version --short 2>/dev/null || docker-compose version --short 2>/dev/null)"
    mine=label=com.docker.compose.project=$project
    docker ps --all --filter "$mine" --format 'container {{.Names}}' 2>/dev/null
    docker volume ls --filter "$mine" --format 'volume {{.Name}}' 2>/dev/null
fi
for name in "$@"; do
    if [ -e "$folder/$name" ]; then
        hash=$(sha256sum "$folder/$name") || exit 1
        echo "file ${hash%% *} $name"
    fi
done
above=$folder
while ! [ -d "$above" ]; do
    echo "missing $above"
    above=$(dirname "$above")
done
for name in "$@"; do
    case $name in
    */*) [ -d "$(dirname "$folder/$name")" ] || echo "missing $(dirname "$folder/$name")" ;;
    esac
done

# Installs what is missing of Docker and compose from the distribution's own packages, and starts it.
# Done twice it is done once; nothing that is there is changed.
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
umask 022 # who starts it hides its own files; a package that hides its files harms others
set -eu
hasCompose() { docker compose version >/dev/null 2>&1 || docker-compose version >/dev/null 2>&1; }
apt() { apt-get -o DPkg::Lock::Timeout=300 --yes --no-install-recommends "$@"; }
refresh() { # whoever installs by itself after a boot holds the lists: it is waited for
    i=0
    until apt update; do
        i=$((i + 1))
        [ $i -lt 30 ] || exit 1
        sleep 10
    done
}
installApt() {
    refresh
    dpkg --configure -a || true # where an earlier installation was cut off, apt asks for just this
    command -v docker >/dev/null || apt install docker.io iptables
    hasCompose || apt install docker-compose-v2 || apt install docker-compose-plugin || apt install docker-compose
}
installDnf() {
    command -v docker >/dev/null || dnf --assumeyes install moby-engine || dnf --assumeyes install docker
    hasCompose || dnf --assumeyes install docker-compose || dnf --assumeyes install docker-compose-plugin
}
if command -v cloud-init >/dev/null; then timeout 300 cloud-init status --wait || true; fi
if ! command -v docker >/dev/null || ! hasCompose; then
    if command -v apt-get >/dev/null; then installApt; else installDnf; fi
fi
case $(docker --version) in *[Pp]odman*) echo "E: podman came by the name of docker" && exit 1 ;; esac
if [ -d /run/systemd/system ]; then systemctl enable --now docker; fi
i=0
until docker version --format 'Docker {{.Server.Version}}'; do
    i=$((i + 1))
    [ $i -lt 30 ] || exit 1
    sleep 1
done
hasCompose || { echo "E: no compose among the packages" && exit 1; }

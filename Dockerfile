# Backout as an image. Both bases may be another Debian or Ubuntu; what a base already has is not installed again:
#   docker build -t backout .
#   docker build -t backout --build-arg UID=$(id -u) --build-arg RUNTIME_BASE=eclipse-temurin:25-jre .
ARG BUILD_BASE=debian:trixie-slim
ARG RUNTIME_BASE=debian:trixie-slim

FROM ${BUILD_BASE} AS build
WORKDIR /opt/backout
COPY . .
# target/backout.jar is taken as it is where it is newer than the source
RUN set -eu; has() { command -v "$1" >/dev/null; }; need=; \
    if ! bot/backout --built; then \
        has mvn || need="$need maven"; bot/jdk --build >/dev/null 2>&1 || need="$need openjdk-25-jdk-headless"; \
    fi; \
    if [ -n "$need" ]; then apt-get update; apt-get install -y --no-install-recommends $need; fi; \
    bot/package --files /out

FROM ${RUNTIME_BASE}
ARG UID=10001
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Backout" \
      org.opencontainers.image.description="A chat bot that rolls services back and proves it" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /out /opt/backout
WORKDIR /opt/backout
# The user is written by hand because not every base has useradd. The cache of classes belongs to this very Java.
RUN set -eu; has() { command -v "$1" >/dev/null; }; need=; \
    bot/jdk >/dev/null 2>&1 || need="$need openjdk-25-jre-headless"; \
    has docker || if grep -q '^ID=ubuntu' /etc/os-release; then need="$need docker.io"; else need="$need docker-cli"; fi; \
    docker compose version >/dev/null 2>&1 || \
        if grep -q '^ID=ubuntu' /etc/os-release; then need="$need docker-compose-v2"; else need="$need docker-compose"; fi; \
    has git || need="$need git"; has ssh || need="$need openssh-client"; \
    [ -e /etc/ssl/certs/ca-certificates.crt ] || need="$need ca-certificates"; \
    if [ -n "$need" ]; then \
        apt-get update; apt-get install -y --no-install-recommends $need; apt-get clean; rm -rf /var/lib/apt/lists/*; \
    fi; \
    docker compose version; git --version; \
    echo "backout:x:$UID:$UID::/home/backout:/bin/bash" >>/etc/passwd; echo "backout:x:$UID:" >>/etc/group; \
    mkdir -p var /home/backout; chown "$UID:$UID" var /home/backout; chmod 700 var; \
    bot/backout --train; [ -s target/backout.aot ] || { cat target/train.log; exit 1; }
ENV HOME=/home/backout LANG=C.UTF-8
USER ${UID}:${UID}
VOLUME /opt/backout/var
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["bot/healthy"]
ENTRYPOINT ["bot/backout"]
CMD ["serve"]

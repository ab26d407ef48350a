#!/usr/bin/env bash
# Runs what the images hold as an image would run it, without a container engine: see usage.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

usage() {
  cat <<TEXT
usage: deploy/docker/check.sh [--no-ready-to-run] [--keep DIRECTORY] [--container]

Publishes Swp.Silo, Swp.Gateway and Swp.Standalone with the command of the Dockerfile (publish.sh) and starts each as its image would: process 1 of its
own process namespace, user 1654 without capabilities, in a root that holds the runtime, the system's libraries and the program, has no shell, and is
read-only but for /tmp (and /data of standalone). It listens beyond loopback, with a key that keygen has made there. Then a client connects, is called
over HTTP and answers; SIGTERM must end each with exit code 0.

Not shown by this: the base image itself, layers, registries, and the health of a container engine. Needs root, Linux, redis-server and curl.

  --no-ready-to-run    publish without code that was compiled ahead, to compare the time until ready
  --keep DIRECTORY     publish there, and use what is there already
  --container          have the SDK make the images as well (-t:PublishContainer), on an empty base from a registry on loopback, and look at what they say
TEXT
}

die() { echo "check.sh: $*" >&2; exit 1; }

options=() work=$(mktemp -d) published= container=no
while [ $# -gt 0 ]; do
  case $1 in
    --no-ready-to-run) options=(-p:PublishReadyToRun=false); shift ;;
    --keep) published=$(mkdir -p "${2:?}" && cd "$2" && pwd); shift 2 ;;
    --container) container=yes; shift ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; die "unknown option '$1'." ;;
  esac
done
[ "$(id -u)" = 0 ] || die "only root may make namespaces and mounts."
# shellcheck source=../../eng/install.sh
. "$root/eng/install.sh"
install redis-server redis-server redis
install curl curl
published=${published:-$work/published}
dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")

# --- Starting and ending ----------------------------------------------------------------------------------------------------

declare -A pids=()   # name → process 1 of its namespace, seen from here
declare -A waits=()  # name → what to wait for

clean_up() {
  local name
  for name in "${!waits[@]}"; do kill -KILL "${waits[$name]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

free_port() {
  local port=$((20000 + RANDOM % 12000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

# What becomes the container's process: mounts, then the program in place of the shell.
contained='
set -eu
tree=$1 app=$2 dotnet_root=$3 data=$4; shift 4
mount --bind "$tree" "$tree"
for library in /usr/lib/*-linux-gnu* /lib64; do
  [ -d "$library" ] && mkdir -p "$tree$library" && mount --bind "$library" "$tree$library" && mount -o remount,bind,ro "$tree$library"
done
[ -L /lib ] && ln -s usr/lib "$tree/lib" || { mkdir -p "$tree/lib"; mount --bind /lib "$tree/lib"; }
mkdir -p "$tree"/app "$tree"/usr/share/dotnet "$tree"/proc "$tree"/dev "$tree"/tmp "$tree"/etc/ssl "$tree"/data
mount --bind "$app" "$tree/app" && mount -o remount,bind,ro "$tree/app"
mount --bind "$dotnet_root" "$tree/usr/share/dotnet" && mount -o remount,bind,ro "$tree/usr/share/dotnet"
for device in null zero urandom; do touch "$tree/dev/$device"; mount --bind "/dev/$device" "$tree/dev/$device"; done
printf "app:x:1654:1654::/home/app:/bin/false\n" > "$tree/etc/passwd"
mount -t proc proc "$tree/proc"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$tree/tmp"
[ -z "$data" ] || { mount --bind "$data" "$tree/data"; }
mount -o remount,bind,ro "$tree"
exec setpriv --no-new-privs unshare --root="$tree" --wd=/app --setgid=1654 --setuid=1654 /usr/share/dotnet/dotnet "$@"
'

start() { # name project data-directory-or-nothing settings…
  local name=$1 project=$2 data=$3 child tree=$work/tree-$1
  shift 3
  mkdir -p "$tree"
  env -i ASPNETCORE_HTTP_PORTS= DOTNET_RUNNING_IN_CONTAINER=true "$@" \
    unshare --mount --propagation private --pid --fork --kill-child bash -c "$contained" bash \
    "$tree" "$published/$project" "$dotnet_root" "$data" "$project.dll" >"$work/$name.log" 2>&1 &
  waits[$name]=$!
  until child=$(cat "/proc/${waits[$name]}/task/${waits[$name]}/children" 2>/dev/null) && [ -n "$child" ]; do
    kill -0 "${waits[$name]}" 2>/dev/null || { cat "$work/$name.log" >&2; die "$name did not start."; }
    sleep 0.02
  done
  pids[$name]=${child// /}
}

wait_ready() { # name url started-at-in-ms
  until curl -sf --noproxy '*' -o /dev/null --max-time 2 "$2/health/ready"; do
    kill -0 "${waits[$1]}" 2>/dev/null || { cat "$work/$1.log" >&2; die "$1 has ended."; }
    [ $(($(now) - $3)) -lt 120000 ] || { cat "$work/$1.log" >&2; die "$1 is not ready after two minutes."; }
    sleep 0.02
  done
  printf '%-11s ready after %5s ms, %5s ms of processor time\n' "$1" "$(($(now) - $3))" "$(awk '{ print ($14 + $15) * 10 }' "/proc/${pids[$1]}/stat")"
}

now() { date +%s%3N; }

check_contained() { # name
  local status=/proc/${pids[$1]}/status
  grep -qE '^Uid:\s+1654\s+1654\s+1654\s+1654$' "$status" || die "$1 runs as $(grep ^Uid: "$status")."
  grep -qE '^CapEff:\s+0+$' "$status" || die "$1 has capabilities."
  grep -qE '^NoNewPrivs:\s+1$' "$status" || die "$1 may get privileges."
  grep -qE '^NSpid:.*\s1$' "$status" || die "$1 is not process 1."
  local place
  for place in / /app /etc /usr/share/dotnet; do
    ! touch "/proc/${pids[$1]}/root$place/written" 2>/dev/null || die "$1 has a root that can be written at $place."
  done
  [ ! -e "/proc/${pids[$1]}/root/bin/sh" ] || die "$1 has a shell."
}

stop() { # name
  local code=0
  kill -TERM "${pids[$1]}"
  wait "${waits[$1]}" || code=$?
  unset "waits[$1]"
  [ $code = 0 ] || { tail -n 20 "$work/$1.log" >&2; die "$1 ended with exit code $code."; }
  echo "$1 ended with exit code 0"
}

call() { # clients-port operations-port
  local status
  status=$(curl -s --noproxy '*' -o /dev/null -w '%{http_code}' "http://127.0.0.1:$2/api/v1/clients/caller/999")
  [ "$status" = 401 ] || die "a caller without a key gets $status."
  dotnet "$root/artifacts/bin/Swp.Samples.Caller/release/Swp.Samples.Caller.dll" --url "ws://127.0.0.1:$1/wss/caller" >"$work/caller.log" 2>&1 &
  waits[caller]=$!
  local answer
  answer=$(curl -s --noproxy '*' --max-time 70 -X POST "http://127.0.0.1:$2/api/v1/clients/caller/999/requests" \
    -H "X-Api-Key: $key" -d '{"data":{"callCode":"A12"},"waitForConnectMs":30000,"timeoutMs":30000}')
  kill -TERM "${waits[caller]}"; wait "${waits[caller]}" || true; unset 'waits[caller]'
  [[ $answer == *'"outcome":"completed"'* ]] || { cat "$work"/*.log >&2; die "a call ended otherwise: $answer"; }
  echo "a call through port $2 to a client on port $1: completed"
}

# The SDK's images: user, ports, settings and what is started.
check_container() { # project repository port…
  local project=$1 repository=$2 image=$work/image-$1 config port
  shift 2
  dotnet publish "$root/src/$project" -c Release -t:PublishContainer -p:SwpImage=true ${options[@]+"${options[@]}"} --artifacts-path "$published/artifacts" \
    "-p:ContainerBaseImage=localhost:$registry/empty:1" "-p:ContainerArchiveOutputPath=$image.tar" --nologo -v quiet -clp:ErrorsOnly
  mkdir "$image" && tar -xf "$image.tar" -C "$image"
  config=$(cat "$image"/*.json)
  for port in "$@"; do [[ $config == *"\"$port/tcp\":{}"* ]] || die "the image of $project does not name port $port."; done
  [[ $config == *"\"User\":\"1654\""* ]] || die "the image of $project runs as another user."
  [[ $config == *'"ASPNETCORE_HTTP_PORTS="'* ]] || die "the image of $project listens on a port of the base image's."
  [[ $config == *"\"Entrypoint\":[\"dotnet\",\"/app/$project.dll\"]"* ]] || die "the image of $project starts something else: $config"
  [[ $config == *"\"RepoTags\":[\"$repository:"* ]] || die "the image of $project is called otherwise."
  for layer in "$image"/*/layer.tar; do tar -tf "$layer"; done | grep -x "app/$project.dll" >/dev/null || die "the image of $project does not hold it."
  echo "the SDK's image of $project is as it should be"
}

# --- The check --------------------------------------------------------------------------------------------------------------

for project in Swp.Silo Swp.Gateway Swp.Standalone; do
  [ -e "$published/$project/$project.dll" ] && continue
  echo "publishing $project"
  "$root/deploy/docker/publish.sh" "$project" "$published/$project" --artifacts-path "$published/artifacts" ${options[@]+"${options[@]}"}
done
[ -e "$root/artifacts/bin/Swp.Samples.Caller/release/Swp.Samples.Caller.dll" ] || dotnet build "$root/samples/Swp.Samples.Caller" -c Release -v quiet -clp:ErrorsOnly --nologo
chmod 755 "$work"

made=$(dotnet "$published/Swp.Gateway/Swp.Gateway.dll" keygen check)
key=$(grep -oE 'swp_[A-Za-z0-9_-]{43}' <<<"$made") hash=$(sed -n 's/^ *Swp__ApiKeys__check__Hash=//p' <<<"$made")
keys=("Swp__ApiKeys__check__Hash=$hash" Swp__ApiKeys__check__Scopes=call)

redis=$(free_port)
mkdir "$work/redis"
redis-server --port "$redis" --bind 127.0.0.1 --dir "$work/redis" --save '' >"$work/redis.log" 2>&1 &
waits[redis]=$!
until redis-cli -p "$redis" ping >/dev/null 2>&1; do sleep 0.05; done

clients=$(free_port) operations=$(free_port) health=$(free_port)
at=$(now)
start silo Swp.Silo '' "Swp__Redis=127.0.0.1:$redis" "Swp__Listen__Operations=http://0.0.0.0:$health" \
  "Swp__SiloPort=$(free_port)" Swp__ClientGatewayPort=0
wait_ready silo "http://127.0.0.1:$health" "$at"
at=$(now)
start gateway Swp.Gateway '' "Swp__Redis=127.0.0.1:$redis" "Swp__Listen__Clients=http://0.0.0.0:$clients" \
  "Swp__Listen__Operations=http://0.0.0.0:$operations" "Swp__SiloPort=$(free_port)" "${keys[@]}"
wait_ready gateway "http://127.0.0.1:$operations" "$at"
check_contained silo
check_contained gateway
call "$clients" "$operations"
stop gateway
stop silo

mkdir "$work/data" && chown 1654:1654 "$work/data"
clients=$(free_port) operations=$(free_port)
at=$(now)
start standalone Swp.Standalone "$work/data" Swp__DataDirectory=/data "Swp__Listen__Clients=http://0.0.0.0:$clients" \
  "Swp__Listen__Operations=http://0.0.0.0:$operations" "Swp__SiloPort=$(free_port)" "${keys[@]}" Swp__ClientGatewayPort=0
wait_ready standalone "http://127.0.0.1:$operations" "$at"
check_contained standalone
call "$clients" "$operations"
stop standalone
[ -n "$(find "$work/data" -type f)" ] || die "standalone has written nothing to /data."
kill -TERM "${waits[redis]}"; wait "${waits[redis]}" || true; unset 'waits[redis]'
if [ $container = yes ]; then
  registry=$(free_port)
  dotnet build "$root/deploy/docker/empty-registry.cs" -o "$work/registry" -v quiet -clp:ErrorsOnly --nologo
  dotnet "$work/registry/empty-registry.dll" "$registry" >"$work/registry.log" 2>&1 &
  waits[registry]=$!
  until curl -sf --noproxy '*' -o /dev/null "http://127.0.0.1:$registry/v2/"; do kill -0 "${waits[registry]}" || die "the registry has ended."; sleep 0.1; done
  check_container Swp.Silo swp-silo 8083 11111 30000
  check_container Swp.Gateway swp-gateway 8081 8082 11111
  check_container Swp.Standalone swp-standalone 8081 8082 11111 30000
fi
echo "check.sh: all as it should be"

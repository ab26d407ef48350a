#!/usr/bin/env bash
# A Swp cluster on this machine: redis-server, owners and gateways as separate processes on loopback.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
state=${SWP_LOCAL_STATE:-$root/.swp/local}
configuration=${SWP_LOCAL_CONFIGURATION:-Release}
redis_port=${SWP_LOCAL_REDIS_PORT:-6390}
ready_seconds=${SWP_LOCAL_READY_SECONDS:-60}
offset=${SWP_LOCAL_PORT_OFFSET:-0}

usage() {
  cat <<EOF
usage: deploy/local/cluster.sh COMMAND

  up [--silos 2] [--gateways 2] [--no-build]
                 build, start redis-server and the members, wait until all are ready, print where they listen
  down           stop everything that up started
  status         list the members
  logs NAME      print the log of one (redis, silo1, gateway1, …)
  stop NAME      SIGTERM: a graceful stop
  kill NAME      SIGKILL
  start NAME     start one again, with the same data and ports

Gateway k listens on 8081+10(k-1) (clients) and 8082+10(k-1) (operations), silo k on 8083+10(k-1) (health).
The environment is passed on: Swp__Types__caller__MaxPendingRequests=10 deploy/local/cluster.sh up
Process ids are in $state/NAME.pid; SWP_LOCAL_STATE and SWP_LOCAL_REDIS_PORT move the state and Redis' port, SWP_LOCAL_PORT_OFFSET is added
to the ports of all other members.
EOF
}

die() { echo "cluster.sh: $*" >&2; exit 1; }

# --- Names, ports, processes ------------------------------------------------------------------------------------------------

role_of() {
  [[ $1 =~ ^(redis|silo[1-9][0-9]?|gateway[1-9][0-9]?)$ ]] || die "'$1' is no member: redis, silo1, gateway1, …"
  echo "${1%%[0-9]*}"
}

number_of() { echo "${1##*[a-z]}"; }

pid_of() { [ -f "$state/$1.pid" ] && cat "$state/$1.pid" || true; }

# A process that has ended but was not reaped is dead, and so is a pid that another program has got since.
alive() {
  local pid; pid=$(pid_of "$1")
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || return 1
  [[ $(ps -o stat= -p "$pid" 2>/dev/null) != Z* ]] || return 1
  # (Just started, it is still this script on its way to become the program.)
  [[ $(ps -o args= -p "$pid" 2>/dev/null) =~ redis-server|Swp\.Silo|Swp\.Gateway|cluster\.sh ]]
}

members() { # in the order they start
  [ -d "$state" ] || return 0
  local file
  for file in redis silo gateway; do
    ls "$state" 2>/dev/null | grep -E "^$file[0-9]*\.pid$" | sed 's/\.pid$//' | sort -V || true
  done
}

operations_url() {
  local k; k=$(number_of "$1")
  case $(role_of "$1") in
    silo) echo "http://127.0.0.1:$((8083 + offset + 10 * (k - 1)))" ;;
    gateway) echo "http://127.0.0.1:$((8082 + offset + 10 * (k - 1)))" ;;
  esac
}

clients_url() { echo "http://127.0.0.1:$((8081 + offset + 10 * ($(number_of "$1") - 1)))"; }

# Started as a child that becomes the process itself, so that the pid is its own.
launch() { # name command...
  local name=$1; shift
  (
    cd "$state"
    exec setsid "$@" >>"$state/$name.log" 2>&1 </dev/null
  ) &
  echo $! >"$state/$name.pid"
  disown
}

start_one() {
  local name=$1 k role
  role=$(role_of "$name"); k=$(number_of "$name")
  alive "$name" && die "$name is running already (pid $(pid_of "$name"))."
  case $role in
    redis)
      launch redis redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$state" \
        --appendonly yes --appendfsync everysec --save '' --maxmemory-policy noeviction ;;
    silo)
      launch "$name" dotnet "$root/artifacts/bin/Swp.Silo/$output/Swp.Silo.dll" \
        "--Swp:Redis=127.0.0.1:$redis_port" "--Swp:Name=$name" "--Swp:Listen:Operations=$(operations_url "$name")" \
        "--Swp:SiloPort=$((11111 + offset + k - 1))" "--Swp:ClientGatewayPort=$((30000 + offset + k - 1))" ;;
    gateway)
      launch "$name" dotnet "$root/artifacts/bin/Swp.Gateway/$output/Swp.Gateway.dll" \
        "--Swp:Redis=127.0.0.1:$redis_port" "--Swp:Name=$name" "--Swp:Listen:Operations=$(operations_url "$name")" \
        "--Swp:Listen:Clients=$(clients_url "$name")" "--Swp:SiloPort=$((11211 + offset + k - 1))" ;;
  esac
}

is_ready() {
  case $(role_of "$1") in
    # Ours, not one that had the port before.
    redis) [ "$(redis-cli -p "$redis_port" info server 2>/dev/null | tr -d '\r' | sed -n 's/^process_id://p')" = "$(pid_of redis)" ] ;;
    *) curl -sf --noproxy '*' -o /dev/null --max-time 2 "$(operations_url "$1")/health/ready" ;;
  esac
}

wait_ready() {
  local name deadline=$((SECONDS + ready_seconds))
  for name in "$@"; do
    until alive "$name" && is_ready "$name"; do
      if ! alive "$name"; then
        tail -n 5 "$state/$name.log" >&2
        die "$name has ended; its whole log: $state/$name.log"
      fi
      [ "$SECONDS" -lt "$deadline" ] || { tail -n 20 "$state/$name.log" >&2; die "$name is not ready after $ready_seconds s; its log: $state/$name.log"; }
      sleep 0.1
    done
  done
}

end_one() { # name signal seconds
  local name=$1 pid deadline=$((SECONDS + $3)) killed=no
  pid=$(pid_of "$name")
  alive "$name" || return 0
  kill "-$2" "$pid"
  while alive "$name"; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      [ $killed = no ] || die "$name (pid $pid) cannot be ended."
      echo "cluster.sh: $name does not stop within $3 s and is killed" >&2
      kill -KILL "$pid" 2>/dev/null || true
      killed=yes
      deadline=$((SECONDS + 10))
    fi
    sleep 0.05
  done
}

describe() {
  case $(role_of "$1") in
    redis) echo "127.0.0.1:$redis_port" ;;
    silo) echo "health $(operations_url "$1"), backend services 127.0.0.1:$((30000 + offset + $(number_of "$1") - 1))" ;;
    gateway) echo "clients ws://${2:-$(clients_url "$1" | sed 's|http://||')}/wss/{type}, operations $(operations_url "$1")" ;;
  esac
}

require() {
  command -v redis-server >/dev/null || die "redis-server is missing. Debian and Ubuntu: apt-get install redis-server. Fedora: dnf install redis. macOS: brew install redis."
  command -v dotnet >/dev/null || die "the .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  command -v curl >/dev/null || die "curl is missing."
}

# --- Commands ---------------------------------------------------------------------------------------------------------------

up() {
  local silos=2 gateways=2 build=yes name names=()
  while [ $# -gt 0 ]; do
    case $1 in
      --silos) silos=${2:?--silos needs a number}; shift 2 ;;
      --gateways) gateways=${2:?--gateways needs a number}; shift 2 ;;
      --no-build) build=no; shift ;;
      *) usage >&2; die "unknown option '$1'." ;;
    esac
  done
  [[ $silos =~ ^[1-9][0-9]?$ && $gateways =~ ^[1-9][0-9]?$ ]] || die "--silos and --gateways take a number from 1 to 99."
  require
  for name in $(members); do
    alive "$name" && die "$name is running (pid $(pid_of "$name")): deploy/local/cluster.sh down first."
  done
  if [ "$build" = yes ]; then
    for name in Swp.Silo Swp.Gateway; do
      echo "building $name ($configuration)"
      dotnet build "$root/src/$name" -c "$configuration" --nologo -v quiet -clp:ErrorsOnly
    done
  fi
  mkdir -p "$state"
  rm -f "$state"/*.pid "$state"/*.log
  # A new cluster: whoever was a member before is not waited for. The clients' records stay.
  start_one redis
  wait_ready redis
  redis-cli -p "$redis_port" del "${Swp__ServiceId:-swp}/members/${Swp__ClusterId:-swp}" >/dev/null
  for ((k = 1; k <= silos; k++)); do names+=("silo$k"); done
  for ((k = 1; k <= gateways; k++)); do names+=("gateway$k"); done
  echo "starting ${names[*]}"
  for name in "${names[@]}"; do start_one "$name"; done
  wait_ready "${names[@]}"
  status
}

down() {
  local name
  # Gateways first, so that their clients are told; each role at once.
  for role in gateway silo redis; do
    for name in $(members | grep "^$role" || true); do
      end_one "$name" TERM 90 &
    done
    wait
  done
  rm -f "$state"/*.pid
}

status() {
  local name
  for name in $(members); do
    if ! alive "$name"; then
      printf '%-10s stopped\n' "$name"
    elif is_ready "$name"; then
      printf '%-10s ready      pid %-8s %s\n' "$name" "$(pid_of "$name")" "$(describe "$name")"
    else
      printf '%-10s not ready  pid %-8s %s\n' "$name" "$(pid_of "$name")" "$(describe "$name")"
    fi
  done
}

known() {
  role_of "$1" >/dev/null
  [ -f "$state/$1.pid" ] || die "$1 was never started: deploy/local/cluster.sh status lists the members."
}

output=$(echo "$configuration" | tr '[:upper:]' '[:lower:]')
command=${1:-help}
shift || true
case $command in
  up) up "$@" ;;
  down) down ;;
  status) status ;;
  logs) known "${1:?logs needs a name}"; cat "$state/$1.log" ;;
  stop) known "${1:?stop needs a name}"; end_one "$1" TERM 90 ;;
  kill) known "${1:?kill needs a name}"; end_one "$1" KILL 10 ;;
  start)
    [ -n "${1:-}" ] || die "start needs a name."
    role_of "$1" >/dev/null
    mkdir -p "$state"
    start_one "$1"
    wait_ready "$1" ;;
  help|-h|--help) usage ;;
  *) usage >&2; die "unknown command '$command'." ;;
esac

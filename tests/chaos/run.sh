#!/usr/bin/env bash
# Breaks a cluster of real processes under load and checks that every call had one true outcome.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export PATH=$PATH:/usr/sbin:/sbin
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

usage() {
  cat <<EOF
usage: tests/chaos/run.sh [--minutes 15] [--seed S] [--clients 1000] [--rate 200] [--faults a,b,…] [--report FILE.md] [--json FILE.json] [--keep-logs DIR] [--short]

Two owners and two gateways on a real Redis, scripted clients, callers, and one fault after another. At the end a table of what was seen.
Each member is in a network namespace of its own, so that the network between two of them can be cut; that needs root, iproute2 and nftables.
Without, members share the loopback address, and the cuts are listed as not run.
The exit code is 1 when a call hung, when something was told that is not true, or when a process ended that was not to end.

  --minutes    as many rounds as have room; every fault happens once at least
  --seed       repeats the order of another run
  --faults     only these (default: all): gateway-kill, owner-kill, gateway-drain, owner-stop, gateway-hang, owner-hang, redis-down, redis-empty,
               rolling-restart, fight, scale-out, cut-gateway-owner, cut-gateway-to-owner, cut-owner-to-gateway, cut-owner-owner
  --report     write the table to this file
  --json       write everything to this file
  --keep-logs  keep the members' logs here; otherwise they are kept only when something is wrong, below artifacts/chaos
  --short      the short form, as the tests run it: 200 clients, 80 calls/s, everything once and briefly, of the cuts only cut-gateway-owner

Needs the .NET SDK 10; redis-server, iproute2 and nftables are installed when missing, as root or with sudo.
EOF
}

case ${1:-} in -h|--help) usage; exit 0 ;; esac

# shellcheck source=../../eng/install.sh
. "$root/eng/install.sh"
if ! command -v dotnet >/dev/null; then
  echo "run.sh: the .NET SDK 10 is missing: https://dotnet.microsoft.com/download" >&2
  exit 2
fi
install redis-server redis-server redis
if [ "$(uname)" = Linux ]; then
  if command -v dnf >/dev/null; then install ip iproute iproute; else install ip iproute2; fi
  install nft nftables
fi

dotnet build "$root/tests/Swp.Chaos" -c Release -v quiet -clp:ErrorsOnly || { echo "run.sh: the build failed" >&2; exit 2; }
commit=$(git -C "$root" describe --always --dirty 2>/dev/null)
exec dotnet "$root/artifacts/bin/Swp.Chaos/release/Swp.Chaos.dll" ${commit:+--commit "$commit"} "$@"

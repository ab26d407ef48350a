#!/usr/bin/env bash
# Attacks a running server in every way that is known: tests/hostile/run.sh --help.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

usage() {
  cat <<USAGE
usage: tests/hostile/run.sh [--attack NAME]… [--report FILE.md] [--short]

Starts a standalone server with its default settings, keeps calling a well-behaved client over HTTP, 100 times a second, and attacks: slow and silent
peers, broken and endless frames, floods, huge headers, JSON that costs, ids that collide or look like paths, lines for the log. At the end a table:
input, count, memory before and at its peak, the calls' p99 before and during, outcome. About half an hour; --short: two minutes.
The exit code is 1 when an attack was not held off: a call that did not complete, memory that grew beyond its bound, an end that is not the one
that is documented, a warning in the log.

  --attack  only this one; may be repeated
  --report  write the table to this file
  --short   fewer of each, against a server that loses patience sooner: what ./test.sh runs

Needs the .NET SDK 10; the peak of the memory is measured on Linux only.
USAGE
}

case ${1:-} in -h|--help) usage; exit 0 ;; esac

dotnet build "$root/tests/Swp.Hostile" -c Release -v quiet -clp:ErrorsOnly || { echo "run.sh: the build failed" >&2; exit 2; }
commit=$(git -C "$root" describe --always --dirty 2>/dev/null)
exec dotnet "$root/artifacts/bin/Swp.Hostile/release/Swp.Hostile.dll" ${commit:+--commit "$commit"} "$@"

#!/usr/bin/env bash
# Fuzzes the codec and the API's body parsing: instruments a copy of what was built, and runs it.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_TieredPGO=0

usage() {
  cat <<USAGE
usage: tests/fuzz/run.sh [--minutes 1] [--inputs N] [--seed S] [--target frame|open|api]… [--save-corpus]

Coverage-guided fuzzing, in one process: the code under test is instrumented by SharpFuzz, inputs that take a new branch are kept and changed further.
Of every input must hold: no unhandled exception; a frame or a fault, never both; what was accepted is written as it came; memory in proportion to its bytes.

  --minutes      how long each target is fuzzed
  --inputs       how many inputs each target gets at least, however long that takes
  --seed         repeats the choices of another run
  --target       frame (a client's message), open (the data of an OPEN), api (a request of the server API)
  --save-corpus  put the fewest inputs that take every branch into tests/fuzz/corpus

An input that breaks something is made as short as it can be and kept in tests/fuzz/found; the exit code is 1. ./test.sh replays both folders.
Needs the .NET SDK 10.
USAGE
}

case ${1:-} in -h|--help) usage; exit 0 ;; esac

dotnet build "$root/tests/Swp.Fuzz" -c Release -v quiet -clp:ErrorsOnly || { echo "run.sh: the build failed" >&2; exit 2; }
program=$root/artifacts/fuzz
rm -rf "$program"
mkdir -p "$root/artifacts"
cp -r "$root/artifacts/bin/Swp.Fuzz/release" "$program"
(cd "$root/tests/fuzz" && dotnet tool restore >/dev/null && dotnet sharpfuzz "$program/Swp.Gateway.dll" Swp.Gateway.Protocol Swp.Gateway.Api && dotnet sharpfuzz "$program/Swp.Abstractions.dll" Swp.Clients) ||
  { echo "run.sh: the instrumentation failed" >&2; exit 2; }
exec dotnet "$program/Swp.Fuzz.dll" --corpus "$root/tests/fuzz/corpus" --found "$root/tests/fuzz/found" "$@"

#!/usr/bin/env bash
# Measures Swp beside its peers: bench/run.sh --help.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# shellcheck source=../eng/install.sh
. eng/install.sh
install redis-server redis-server redis

dotnet build bench/Swp.Bench -c Release -v quiet -clp:ErrorsOnly

# Absent when Node.js is: the others are measured all the same.
if command -v npm >/dev/null && [ ! -d bench/contenders/socketio/node_modules ]; then
  npm ci --prefix bench/contenders/socketio --no-audit --no-fund --loglevel=error || echo "bench: npm could not install socket.io: it will be absent" >&2
fi

commit=$(git rev-parse --short HEAD 2>/dev/null || true)
exec dotnet artifacts/bin/Swp.Bench/release/Swp.Bench.dll ${commit:+--commit "$commit"} "$@"

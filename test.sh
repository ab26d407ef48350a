#!/usr/bin/env bash
# Builds everything and runs every test. Installs what the tests need when it is missing and the system's package manager can be used.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

configuration=${SWP_TEST_CONFIGURATION:-Release}
results=artifacts/test-results
export PATH=$PATH:/usr/sbin:/sbin
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

usage() {
  cat <<EOF
usage: ./test.sh [NAME…]

Runs every test project below tests/, or only those whose name contains one of NAMEs.
Needs the .NET SDK 10; redis-server, curl, promtool (Prometheus), kubectl, chromium, iproute2 and nftables are installed when missing, as root or with sudo. The end-to-end tests make network
namespaces, which only root may: they are run with sudo by anybody else.
EOF
}

case ${1:-} in -h|--help) usage; exit 0 ;; esac

# shellcheck source=eng/install.sh
. eng/install.sh

if ! command -v dotnet >/dev/null; then
  echo "test.sh: the .NET SDK 10 is missing: https://dotnet.microsoft.com/download" >&2
  exit 1
fi
install redis-server redis-server redis
install curl curl
install promtool prometheus prometheus
install kubectl kubernetes-client kubectl
command -v chromium-browser >/dev/null || install chromium chromium chromium
if [ "$(uname)" = Linux ]; then
  if command -v dnf >/dev/null; then install ip iproute iproute; else install ip iproute2; fi
  install nft nftables
fi

echo "test.sh: building ($configuration)"
dotnet build Swp.sln -c "$configuration" -v quiet -clp:ErrorsOnly || { echo "test.sh: the build failed" >&2; exit 1; }

rm -rf "$results"
mkdir -p "$results"
output=$(echo "$configuration" | tr '[:upper:]' '[:lower:]')
failed_projects=()
for project in tests/*.Tests; do
  name=$(basename "$project")
  if [ $# -gt 0 ]; then
    chosen=no
    for pattern in "$@"; do [[ $name == *"$pattern"* ]] && chosen=yes; done
    [ $chosen = yes ] || continue
  fi
  echo
  echo "== $name"
  as=()
  if [ "$name" = Swp.EndToEnd.Tests ] && [ "$(id -u)" != 0 ] && sudo -n true 2>/dev/null; then as=(sudo -n -H --preserve-env env "PATH=$PATH"); fi
  ${as[@]+"${as[@]}"} dotnet "artifacts/bin/$name/$output/$name.dll" --results-directory "$results" --report-xunit-trx --report-xunit-trx-filename "$name.trx" --no-progress
  code=$?
  [ $code -eq 0 ] || failed_projects+=("$name (exit code $code)")
done

# The last line counts what the runners recorded, not what was printed.
count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }

# What failed and why, once more at the end: the log before it is long.
failures() { # a trx file
  sed 's/></>\n</g' "$1" | awk '
    /<UnitTestResult / { failed = /outcome="Failed"/; name = $0; sub(/.*testName="/, "", name); sub(/" outcome=.*/, "", name); why = 0 }
    # What a test wrote is a message too, and comes first.
    failed && /<ErrorInfo>/ { print "failed: " plain(name); why = 1; lines = 0 }
    why && lines < 60 { line = $0; gsub(/<[^>]*>/, "", line); if (line ~ /[^ ]/) { print "  " plain(line); lines++ } }
    /<\/ErrorInfo>/ { why = 0 }
    function plain(text) { gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/\\?&quot;/, "\"", text); gsub(/&#xD;|&#xA;/, "", text); gsub(/&amp;/, "\\&", text); return text }
  '
}
passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - $(count executed)))
echo
if [ "$failed" -gt 0 ]; then
  for file in "$results"/*.trx; do failures "$file"; done
fi
for project in "${failed_projects[@]}"; do echo "test.sh: failed: $project"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ ${#failed_projects[@]} -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

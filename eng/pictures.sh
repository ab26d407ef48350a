#!/usr/bin/env bash
# Takes the pictures of the pages that the documents show, in the system's Chromium: docs/images.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# shellcheck source=install.sh
. eng/install.sh
command -v chromium-browser >/dev/null || install chromium chromium chromium
if ! fc-list :lang=zh | grep -q .; then
  echo "pictures.sh: installing a Chinese font"
  as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-wqy-microhei >/dev/null
fi

dotnet build tests/Swp.Browser.Tests -c Release -v quiet -clp:ErrorsOnly
SWP_PICTURES=$root/docs/images dotnet artifacts/bin/Swp.Browser.Tests/release/Swp.Browser.Tests.dll --no-progress --filter-class '*PictureTests'
ls -l docs/images

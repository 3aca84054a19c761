#!/usr/bin/env bash
# The browser that the frontends are tried in, where the machine has none: Debian's own.
set -euo pipefail
for program in chromium chromium-browser google-chrome; do
  command -v "$program" >/dev/null && exit 0
done
echo "Installing for: chromium"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null

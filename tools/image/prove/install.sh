#!/usr/bin/env bash
# What the proof of the image needs and the project does not bring: Debian's own packages.
set -euo pipefail
missing=()
for program in buildah podman runc conmon ip haproxy curl openssl; do
  command -v "$program" >/dev/null || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing for: ${missing[*]}"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  buildah podman runc conmon netbase iproute2 haproxy curl openssl ca-certificates >/dev/null

#!/bin/sh
# Restarts the replicas one after another: each answers what it has, ends with 0, and is ready again before the next one's turn.
# Usage: roll.sh [docker|podman]
set -eu
engine=${1:-docker}
project=${COMPOSE_PROJECT_NAME:-web-single}
ready="fetch('http://127.0.0.1:8080/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"

replicas=$("$engine" ps --quiet --filter "label=com.docker.compose.project=$project" \
  --filter label=com.docker.compose.service=predictor)
[ -n "$replicas" ] || { echo "No replica of the project $project runs (COMPOSE_PROJECT_NAME names another)." >&2; exit 1; }

status=0
for replica in $replicas; do
  "$engine" stop --time 30 "$replica" >/dev/null
  code=$("$engine" inspect --format '{{.State.ExitCode}}' "$replica")
  "$engine" start "$replica" >/dev/null
  tries=0
  until "$engine" exec "$replica" node -e "$ready"; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "$replica is not ready; the others are as they were." >&2; exit 1; }
    sleep 1
  done
  echo "$replica ended with $code and is ready again"
  [ "$code" = 0 ] || status=1
done
[ "$status" = 0 ] || echo "Not every replica had finished what it had when it ended: see above." >&2
exit "$status"

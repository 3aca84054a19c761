#!/usr/bin/env bash
# Runs a built image hardened and asks it every golden case over REST and gRPC. Usage: smoke.sh docker|podman IMAGE [FOLDER]
# FOLDER: the packages in the image, classifiers with golden cases, one folder a model; default: models.
# NETWORK_ARGS: other flags than published ports, where the engine has no network of its own.
set -euo pipefail
engine=$1
image=$2
models=$(realpath "${3:-$(dirname "$0")/../../models}")
http_port=${HTTP_PORT:-18080}
grpc_port=${GRPC_PORT:-18081}
network=${NETWORK_ARGS:-"--publish 127.0.0.1:$http_port:8080 --publish 127.0.0.1:$grpc_port:8081"}
# shellcheck disable=SC2086 # several flags
container=$("$engine" run --detach $network --read-only --tmpfs /tmp:rw,noexec,nosuid,size=16m --cap-drop ALL \
  --security-opt no-new-privileges --memory 512m --pids-limit 200 "$image")
trap '"$engine" rm --force "$container" >/dev/null' EXIT
for _ in $(seq 120); do
  curl --silent --fail --output /dev/null --max-time 2 "http://127.0.0.1:$http_port/readyz" && break
  sleep 0.5
done
cd "$(dirname "$0")/../.."
names=$(cd "$models" && printf '"%s",' */)
answer=$(npx node --conditions=@web-single/source tools/image/prove/client.mjs goldens \
  "{\"http\":\"http://127.0.0.1:$http_port\",\"grpc\":\"127.0.0.1:$grpc_port\",\"models\":\"$models\",\"names\":[$(sed 's#/"#"#g; s/,$//' <<<"$names")]}")
echo "$answer"
grep --quiet '"wrongCount":0' <<<"$answer"
"$engine" stop --time 30 "$container" >/dev/null
code=$("$engine" inspect --format '{{.State.ExitCode}}' "$container")
echo "exit code $code"
[ "$code" = 0 ]

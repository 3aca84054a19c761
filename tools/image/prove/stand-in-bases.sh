#!/usr/bin/env bash
# Base images where no image can be pulled: Node from its npm tarball (pinned by digest) on Debian packages, shaped like the
# public defaults of the Dockerfile. Usage: stand-in-bases.sh FOLDER amd64|arm64 NODE-VERSION INTEGRITY, the latter two of the
# node-linux-* package; needs podman with its storage configured.
#   localhost/stand-in/build:24         for this machine; with npm and busybox; never shipped
#   localhost/stand-in/runtime:24-ARCH  no shell, no package manager
set -euo pipefail
folder=$1
arch=$2
node_version=$3
node_integrity=$4
npm_version=11.21.2
npm_integrity=sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==
node_package=node-linux-$([ "$arch" = amd64 ] && echo x64 || echo "$arch")
mkdir -p "$folder/$arch"
cd "$folder/$arch"

fetch() { # NAME VERSION INTEGRITY FILE
  local packed
  [ -e "$4" ] || { packed=$(npm pack --silent "$1@$2") && mv "$packed" "$4"; }
  [ "sha512-$(openssl dgst -sha512 -binary "$4" | base64 -w0)" = "$3" ] || { echo "$1@$2: wrong digest" >&2; exit 1; }
}
fetch "$node_package" "$node_version" "$node_integrity" node.tgz
fetch npm "$npm_version" "$npm_integrity" npm.tgz

if [ "$arch" != "$(dpkg --print-architecture)" ]; then
  dpkg --print-foreign-architectures | grep -qx "$arch" || { dpkg --add-architecture "$arch" && apt-get update -qq; }
fi
mkdir -p debs
packages="base-files netbase tzdata ca-certificates libc6:$arch libgcc-s1:$arch libstdc++6:$arch gcc-12-base:$arch"
[ -n "$(ls debs)" ] || (cd debs && apt-get download -qq $packages busybox-static 2>/dev/null)

rm -rf runtime
mkdir runtime
for deb in debs/*.deb; do
  name=$(dpkg-deb -f "$deb" Package)
  [ "$name" = busybox-static ] && continue
  mkdir -p runtime/var/lib/dpkg/status.d
  dpkg-deb --fsys-tarfile "$deb" | tar x -C runtime --exclude=./usr/share/man --exclude=./usr/share/locale
  dpkg-deb -f "$deb" >"runtime/var/lib/dpkg/status.d/$name" # scanners read the system's packages there
done
(
  cd runtime
  mkdir -p etc/ssl/certs nodejs/bin home/nonroot proc sys dev run tmp
  chmod 1777 tmp
  find usr/share/ca-certificates -name '*.crt' | sort | xargs cat >etc/ssl/certs/ca-certificates.crt
  printf '%s\n' root:x:0:0:root:/:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \
    nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >etc/passwd
  printf '%s\n' root:x:0: nobody:x:65534: nonroot:x:65532: >etc/group
  echo 'hosts: files dns' >etc/nsswitch.conf
  chown -R 65532:65532 home/nonroot
)
tar xzf node.tgz -C runtime/nodejs --strip-components=1 package/bin/node package/LICENSE
pack() { tar c --sort=name --mtime=@0 --numeric-owner -C "$1" . ; }
pack runtime | podman import --quiet --arch "$arch" -c 'ENV PATH=/nodejs/bin' -c 'USER 65532' -c 'ENTRYPOINT ["/nodejs/bin/node"]' \
  - "localhost/stand-in/runtime:24-$arch"

[ "$arch" = "$(dpkg --print-architecture)" ] || exit 0
rm -rf build busybox
cp -a runtime build
dpkg-deb -x debs/busybox-static*.deb busybox
cp busybox/bin/busybox build/bin/busybox
(
  cd build
  for applet in $(bin/busybox --list); do [ -e "bin/$applet" ] || ln -s busybox "bin/$applet"; done
  [ -e usr/bin/env ] || ln -s /bin/busybox usr/bin/env
  mkdir -p usr/local/lib/node_modules usr/local/bin
  tar xzf ../npm.tgz -C usr/local/lib/node_modules
  mv usr/local/lib/node_modules/package usr/local/lib/node_modules/npm
  ln -s /nodejs/bin/node usr/local/bin/node
  for tool in npm npx; do ln -s "../lib/node_modules/npm/bin/$tool-cli.js" "usr/local/bin/$tool"; done
  # What this machine trusts, so that npm works behind a company's proxy too.
  cp /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/
  echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >usr/local/lib/node_modules/npm/npmrc
)
pack build | podman import --quiet -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  - localhost/stand-in/build:24

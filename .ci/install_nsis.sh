#!/bin/sh
# Install what makes the installer for Windows, and with "wine" as its word also what tries it out: Wine, a compiler for
# Windows, and the sources of the Chinese locale.
set -eu
packages="nsis"
[ "${1:-}" != wine ] || packages="$packages wine64 gcc-mingw-w64-x86-64-posix locales"
missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed (needs root on Debian or Ubuntu):$missing" >&2
    exit 1
fi
echo "installing:$missing"
apt-get update -q >/dev/null
# shellcheck disable=SC2086 # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null

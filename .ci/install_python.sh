#!/bin/sh
# Make the virtual environment if it lacks and install a lock's packages into it.
# Usage: install_python.sh PYTHON VENV LOCK
# Whatever goes wrong is told in one sentence that says what to do; an environment that this run began is then taken
# away again, so that the next run begins anew.
set -eu
wanted=$1
venv=$2
lock=$3
log=$(mktemp)
begun=""

end() {
    rm -f "$log"
    [ -z "$begun" ] || rm -rf "$venv"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

stop() {
    echo "$1" >&2
    exit 1
}

said() { grep -qiE "$1" "$log"; }

# Python does not always say that it found no room.
no_room() {
    free=$(df -Pk . 2>/dev/null | awk 'NR == 2 { print $4 }')
    [ "${free:-999999}" -lt 51200 ]
}

full() { stop "The disk is full: free 1 GB where this folder lies (and in ${TMPDIR:-/tmp}), then run the command again."; }

# Run a command; when it fails, tell why in words that help.
run() {
    "$@" >"$log" 2>&1 && return
    if said 'No space left|Errno 28|quota exceeded|not enough space'; then
        full
    elif said 'Permission denied|Errno 13|Read-only file system|Operation not permitted'; then
        stop "This folder cannot be written: $(pwd); copy it to one of your own, such as $HOME/dealer_xl, and run the command there."
    elif said 'proxy'; then
        stop "The proxy cannot be used: set HTTPS_PROXY=http://user:password@host:port as your network needs it (or unset a wrong one), then run the command again."
    elif said 'DO NOT MATCH THE HASHES'; then
        stop "A package that arrived is not the one that $lock names: something on the way changed it; use another network or index, then run the command again."
    elif said 'NewConnectionError|name resolution|Connection refused|timed out|unreachable|ConnectionError|Could not fetch|Connection broken|SSLError|CERTIFICATE'; then
        stop "The package index cannot be reached: check the network (or name a mirror in PIP_INDEX_URL), then run the command again."
    elif said 'No matching distribution|Could not find a version'; then
        stop "The package index lacks a package of $lock: name a complete one in PIP_INDEX_URL, then run the command again; $(grep -iE -m 1 'No matching|Could not find' "$log")"
    elif no_room; then
        full
    fi
    cat "$log" >&2
    stop "The packages of $lock could not be installed for the reason above; mend it, then run the command again."
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

case "$(pwd)/" in
*/OneDrive*/* | */CloudStorage/* | */Dropbox*/* | */坚果云*/*)
    stop "This folder is kept online, which breaks Python's files: move it to a folder of this computer only, such as $HOME/dealer_xl, and run the command there."
    ;;
esac

python=""
for name in "$wanted" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -z "$python" ] && command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
        python=$name
    fi
done
if [ -z "$python" ]; then
    found=$(python3 --version 2>&1) || found="none"
    stop "Python 3.11 or newer is needed (found: $found): install it, or name it as in: make demo PYTHON=/path/to/python3.12"
fi

# Debian's own Python comes without ensurepip until python3-venv is there.
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        run apt-get update -q
        run env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3-venv
    else
        stop "python3-venv is missing: install it (on Debian, as root: apt-get install python3-venv), then run the command again."
    fi
fi

# An environment that an earlier run could not finish, or whose Python has gone, is made anew.
if ! { [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }; then
    rm -rf "$venv"
    begun=yes
    run "$python" -m venv "$venv"
fi
# --no-deps: the lock is complete, so no resolver is asked and no newer release can get in its way.
pip="$venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --retries 2"
# shellcheck disable=SC2086 # a command and its words
run $pip --require-hashes -r "$lock"
# shellcheck disable=SC2086
run $pip --no-build-isolation --editable .
begun=""

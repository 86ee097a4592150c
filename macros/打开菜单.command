#!/bin/sh
# A Mac hands nothing over to a script on which a folder is dropped: it is dropped into the window that opens.
here=$(dirname "$0")
for program in "$here/dealer-xl" "$here/../.venv/bin/dealer-xl"; do
    [ -x "$program" ] && exec "$program" menu "$@"
done
exec dealer-xl menu "$@"

#!/bin/sh
# A Mac hands nothing over to a script on which a folder is dropped: it is dropped into the window that opens.
command=menu
here=$(cd "$(dirname "$0")" && pwd)
recorded=$(head -n 1 "$HOME/Library/Application Support/dealer-xl/program.txt" 2>/dev/null)
# Where the program may lie, the nearest place first: beside this file, above it (also from inside the program's own
# _internal/dealer_xl/macros), in the checkout, in the environment or user folder whose package holds this file, where
# "addin install" wrote it down, where the instructions put it, and on the path.
for program in \
    "$here/dealer-xl" \
    "$here/../dealer-xl" \
    "$here/../../../dealer-xl" \
    "$here/../.venv/bin/dealer-xl" \
    "$here/../../../../../bin/dealer-xl" \
    "$recorded" \
    "$HOME/Applications/dealer-xl/dealer-xl" \
    /Applications/dealer-xl/dealer-xl \
    /Users/Shared/dealer-xl/dealer-xl \
    /Users/Shared/dealer-xl/bin/dealer-xl \
    "$HOME/.local/bin/dealer-xl" \
    "$HOME"/Library/Python/3.*/bin/dealer-xl \
    "$(command -v dealer-xl)"; do
    [ -f "$program" ] && [ -x "$program" ] && exec "$program" "$command" "$@"
done
echo "没有找到 dealer-xl 程序：请先安装它；已经装好的，请在程序文件夹里再运行一次 dealer-xl addin install。" >&2
exit 127

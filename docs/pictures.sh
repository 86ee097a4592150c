#!/bin/sh
# Make the pictures of the README anew from the demo store: `make demo`, then `make pictures`.
# Needs LibreOffice, poppler and the package fonts-noto-cjk (`make test` as root installs them).
set -eu
store=$1
pictures=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

picture() { # file page name
    pdftoppm -r 80 -png -singlefile -f "$2" -l "$2" "$work/$1.pdf" "$pictures/$3"
}

letter=$(find "$store/信函" -name 'XH*-001_*.docx' | head -n 1)
cp "$letter" "$work/letter.docx"
cp "$store"/总结/*月工作总结.docx "$work/report.docx"
first_pages='pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1-9"}}'
printed() { # how files
    how=$1
    shift
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$how" --outdir "$work" "$@" >/dev/null
}
printed "$first_pages" "$store/客户档案.xlsx" "$store/跟踪电话.xlsx" "$store/月度计划.xlsx"
printed pdf "$work/letter.docx" "$work/report.docx"
picture 客户档案 1 guide
picture 客户档案 2 archive
picture 跟踪电话 2 today
picture 月度计划 7 summary
picture 月度计划 9 charts
picture letter 1 letter
picture report 1 report
PYTHONPATH="$(dirname "$0")/../tools" "${PYTHON:-python3}" "$(dirname "$0")/../tests/calc/pictures.py" "$pictures"

#!/bin/sh
# Make the pictures of README and docs anew from the demo store and an invented first day: `make demo`, then `make pictures`.
# Needs LibreOffice, poppler and the package fonts-noto-cjk (`make test` as root installs them).
set -eu
store=$1
pictures=$2
here=$(dirname "$0")
python=${PYTHON:-python3}
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
PYTHONPATH="$here/../tools" "$python" "$here/../tests/calc/pictures.py" "$pictures"

# The ribbon, as a sketch; then the first day of docs/第一天.md, the upper part of the page on which some words stand.
"$python" "$here/ribbon.py" "$pictures/ribbon.png"
cut() { # file words width height name
    for page in $(seq "$(pdfinfo "$work/$1.pdf" | sed -n 's/^Pages: *//p')"); do
        if pdftotext -f "$page" -l "$page" "$work/$1.pdf" - | tr -d '\n' | grep -qF "$2"; then
            pdftoppm -r 100 -png -singlefile -f "$page" -l "$page" -x 40 -y 45 -W "$3" -H "$4" "$work/$1.pdf" "$pictures/$5"
            return
        fi
    done
    echo "no page of $1.xlsx shows $2" >&2
    exit 1
}
day=2026-11-30
job() {
    "$python" -m dealer_xl "$@" "--date=$day" >/dev/null || [ $? = 1 ] # 1: something was found
}
shop=$work/我的店
"$python" "$here/first_shop.py" "$shop"
job check "$shop"
job today "$shop"
job letters "$shop" --template 邀请函 --event HD01
printed pdf "$shop"/*.xlsx "$shop"/信函/HD01/合并打印*.docx
cut 月度计划 员工名册 750 180 first-staff
cut 月度计划 参数设置表 725 165 first-settings
cut 客户档案 鲁J7M316 785 210 first-check
cut 客户档案 【联系电话】 1025 210 first-check-column
cut 跟踪电话 工单W1101 797 200 first-today
cut 信函登记 XH20261130-001 945 215 first-letters

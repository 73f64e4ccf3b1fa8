#!/usr/bin/env bash
# Makes .venv from requirements.lock with motcua in it. Installs Debian packages only when something is missing, and says what and why.
set -euo pipefail
cd "$(dirname "$0")/../.."

works() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1; }
find_python() { for p in ${PYTHON:-} /usr/bin/python3.13 python3.13 python3; do command -v "$p" >/dev/null && works "$p" && { command -v "$p"; return; }; done; return 1; }

missing=()
want() { missing+=("$1"); echo "motcua: needs the system package $1 ($2)"; }
[ -f "${TESSDATA_PREFIX:-/usr/share/tesseract-ocr/5/tessdata}/vie.traineddata" ] || want tesseract-ocr-vie "the Vietnamese model of the text reader"
[ -f /usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf ] || want fonts-liberation "the type of official papers"
[ -f /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf ] || want fonts-dejavu-core "letters the first font lacks"
[ -f /usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf ] || want fonts-noto-core "the second type of the test scans"
command -v pdfsig >/dev/null && command -v pdftotext >/dev/null || want poppler-utils "an independent look at signatures and text"
find_python >/dev/null || want python3.13-venv "Python 3.13, the one version that we package for"

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "motcua: this is not a Debian system: install the above (Python 3.13 with venv among them) by hand, then run make again" >&2; exit 1
  fi
  root=(); [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

python=$(find_python) || { echo "motcua: Python 3.13 with venv is missing; install it, or name it: PYTHON=/path/to/python3.13 make install" >&2; exit 1; }
echo "motcua: making .venv with $python (about a minute the first time)"
[ -x .venv/bin/python ] && works .venv/bin/python || { rm -rf .venv; "$python" -m venv .venv; }
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
touch .venv/.installed

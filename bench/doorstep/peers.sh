#!/bin/sh
# Puts here what the engine is measured beside: pandana, in an environment of its own,
# and PostGIS with pgRouting from Debian (as root; else it says what to install).
set -eu
cd "$(dirname "$0")/../.."
python3 -m venv .deal/bench/pandana
.deal/bench/pandana/bin/pip install --quiet --only-binary :all: "pandana==0.7" "numpy<2"
PACKAGES="postgresql-15 postgresql-15-postgis-3 postgresql-15-pgrouting"
if [ "$(id -u)" = 0 ]; then
    apt-get install --yes --no-install-recommends $PACKAGES
else
    echo "Ask whoever may: apt-get install $PACKAGES"
fi

#!/usr/bin/env bash
# Installs what the tests need and runs them all, or with --fast those that are not slow. Other arguments go to `swift test`.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ ${1:-} == --fast ]]; then
  export KFAUDIT_FAST=1
  shift
fi

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev mandoc openssl openssh-client python3 python3-venv strace \
  libxml2-utils shellcheck default-jre-headless jq zip unzip p7zip-full
modules='chdb, duckdb, in_toto_attestation.v1, jsonschema, lifelines, numpy, oscal, pandas, py_ocsf_models, pyspark, scipy, statsmodels, trestle, yaml'
if ! .build/oracle/bin/python3 -c "import $modules" 2>/dev/null; then
  python3 -m venv .build/oracle
  .build/oracle/bin/pip install --quiet --disable-pip-version-check --requirement Tests/Oracle/requirements.txt \
    --requirement Examples/fleet/requirements.txt
fi
# What Jenkins holds junit.xml against (MIT licence), as pytest's source distribution has it.
export KFAUDIT_JUNIT_SCHEMA="$PWD/.build/oracle/junit-10.xsd"
if [[ ! -s $KFAUDIT_JUNIT_SCHEMA ]]; then
  .build/oracle/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary pytest --dest .build/oracle pytest==8.4.2
  tar --extract --gzip --file .build/oracle/pytest-8.4.2.tar.gz --directory .build/oracle --strip-components 3 \
    pytest-8.4.2/testing/example_scripts/junit-10.xsd
fi
shellcheck Examples/*.sh Examples/*/*.sh Tests/*.sh Tests/*/*.sh
export KFAUDIT_ORACLE_PYTHON="$PWD/.build/oracle/bin/python3"
swift build --build-tests
# More at a time than can be worked on would only make the clocks of real connections run out.
status=0
swift test --skip-build --parallel --experimental-maximum-parallelization-width 8 "$@" 2>&1 | tee .build/tests.log || status=$?
if (( status )); then
  # A thousand lines follow a failure: it is shown once more where a reader looks first.
  echo "Failed:"
  grep -E '^(✘|↳)|: error: |: Fatal error: ' .build/tests.log || tail -n 20 .build/tests.log
fi
exit "$status"

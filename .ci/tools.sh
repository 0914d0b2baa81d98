# shellcheck shell=bash
# Installs the tools that .ci/run needs and that this machine does not have: into $cache, where later runs find them, or with apt-get.
CHECKOV=3.3.30
TFLINT=v0.64.0

install_tools() {
  node --version && python_tools && chromium_there && servers_there && tflint_there && autotools_there && nodes_there
}

# The tests use the AWS CLI and boto3 as clients of the engine. checkov needs an older boto3, so it has its own virtual environment.
python_tools() {
  aws_there || venv aws awscli boto3 || return
  command -v checkov >/dev/null || venv "checkov-$CHECKOV" "checkov==$CHECKOV"
}

aws_there() { command -v aws >/dev/null && python3 -c 'import boto3' 2>/dev/null; }

venv() {
  local home=$cache/$1
  shift
  [ -e "$home/complete" ] || { rm -rf "$home" && python3 -m venv "$home" && "$home/bin/pip" install --quiet --disable-pip-version-check "$@" && touch "$home/complete"; }
}

chromium_there() {
  find_chromium && return
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && find_chromium
}
find_chromium() {
  [ -x "${LONGRUN_CHROMIUM:-}" ] || LONGRUN_CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
}

# The nightly run also tests on the newer versions of Node, and installs the package on them.
nodes_there() {
  [ "$mode" = nightly ] || return 0
  for major in 22 24 26; do
    [ -x "$cache/node$major/node_modules/node/bin/node" ] ||
      npm install --silent --no-save --prefix "$cache/node$major" "node@$major" || return
  done
}

# Builds tflint from source, which takes a minute and a half on 2 cores.
tflint_there() {
  [ "$mode" = quick ] || command -v tflint >/dev/null || GOBIN=$cache/tflint-$TFLINT go install "github.com/terraform-linters/tflint@$TFLINT"
}

# AWS's runtime clients are compiled with autotools.
autotools_there() {
  [ "$mode" = nightly ] || return 0
  command -v autoreconf >/dev/null && command -v libtoolize >/dev/null && return
  apt-get update -qq && apt-get install -y -qq autoconf automake libtool >/dev/null
}

# A variable that a step sets is lost with the step's process, so the variables that later steps need are set here. If the
# virtual environment with the AWS CLI and boto3 is needed, it comes first on the PATH, so that python3 is the one of that environment.
export PATH="$PATH:$cache/checkov-$CHECKOV/bin:$cache/tflint-$TFLINT:$servers/bin"
aws_there || PATH="$cache/aws/bin:$PATH"
find_chromium && export LONGRUN_CHROMIUM

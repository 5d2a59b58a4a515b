#!/usr/bin/env bash
# Installs what `npm run test:receivers` and `npm run test:faults` need: rsyslog, syslog-ng, netcat, liblognorm, openssl,
# iptables.
# Usage: tools/install-receivers.sh [PREFIX]     default: ${XDG_CACHE_HOME:-$HOME/.cache}/siem-receivers
# A prefix of your own must also be in SIEM_RECEIVERS when the tests run.
#
# The Debian packages of rsyslog and syslog-ng conflict: installing one removes the other. So both are unpacked side by
# side into the prefix. No service is started and nothing under /etc changes. Only the libraries they need, and the
# command line tools, are installed into the system. A second run does nothing.
set -euo pipefail

prefix=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/siem-receivers}
daemons=(rsyslog rsyslog-gnutls rsyslog-relp syslog-ng-core)
declare -A tools=([openssl]=openssl [nc]=netcat-openbsd [lognormalizer]=liblognorm-utils
  [iptables]=iptables [ip]=iproute2)
export DEBIAN_FRONTEND=noninteractive

fail() {
  echo "install-receivers: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo DEBIAN_FRONTEND=noninteractive "$@"; fi
}

missing_tools() {
  local tool
  for tool in "${!tools[@]}"; do command -v "$tool" >/dev/null || echo "${tools[$tool]}"; done
}

# The loader's own words, for the daemons and for the plugins that they load at run time.
missing_libraries() {
  local file
  for file in "$prefix"/usr/sbin/{rsyslogd,syslog-ng} "$prefix"/usr/lib/*/rsyslog/{imudp,imtcp,imrelp,lmnsd_gtls}.so \
    "$prefix"/usr/lib/syslog-ng/*/{libafsocket,libsyslogformat,libjson-plugin,libaffile}.so; do
    [ -e "$file" ] || { echo "$file: not there"; continue; }
    LD_LIBRARY_PATH="$prefix/usr/lib/syslog-ng" ldd "$file" | sed -n "s|^[[:space:]]*\(.*not found\)|$file: \1|p"
  done
}

# What apt would install along with the daemons, without the daemons and what belongs to them.
dependencies() {
  local daemon
  for daemon in "${daemons[@]}"; do
    apt-get install --simulate --no-install-recommends "$daemon" | awk '/^Inst/ && $2 !~ /syslog/ { print $2 }'
  done | sort -u
}

complete() {
  [ -z "$(missing_tools)" ] && [ -z "$(missing_libraries)" ]
}

if complete; then
  echo "already installed in $prefix"
  exit 0
fi

{ command -v apt-get && command -v dpkg-deb; } >/dev/null ||
  fail "needs apt-get and dpkg-deb (Debian or Ubuntu); elsewhere run the receiver tests in a Debian container"
[ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "needs root or sudo to install the libraries of the receivers"

# Lists that are missing or old name packages that cannot be downloaded.
as_root apt-get update -qq
mapfile -t packages < <(dependencies; missing_tools)
[ "${#packages[@]}" = 0 ] || as_root apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null

downloads=$(mktemp -d)
trap 'rm -rf "$downloads"' EXIT
# apt downloads as its own user, which cannot write into this folder.
(cd "$downloads" && apt-get -o APT::Sandbox::User="$(id -un)" download -qq "${daemons[@]}") ||
  fail "apt-get could not download ${daemons[*]}"
mkdir -p "$prefix"
for package in "$downloads"/*.deb; do dpkg-deb -x "$package" "$prefix"; done

complete || fail "installed, but not usable:" "$(missing_tools)" "$(missing_libraries)"
echo "installed into $prefix"

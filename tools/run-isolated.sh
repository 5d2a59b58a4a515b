#!/usr/bin/env bash
# Runs a command with a network, mounts and processes of its own: tools/run-isolated.sh COMMAND [ARGUMENT...]
# The network is loopback alone. In there, packets can be dropped, disks mounted and /etc/hosts (SIEM_HOSTS_FILE) changed
# without anybody outside noticing, and when the command ends, whatever it started and forgot ends too.
# Needs root or user namespaces, and iptables.
set -euo pipefail

fail() {
  echo "run-isolated: $*" >&2
  exit 1
}

inside() {
  local child status=0
  hosts=$(mktemp)
  cp /etc/hosts "$hosts"
  mount --bind "$hosts" /etc/hosts
  ip link set lo up
  iptables -w -S >/dev/null && ip6tables -w -S >/dev/null || fail "iptables does not work in a private network"
  # The first process of a namespace gets no signal that it does not ask for.
  trap 'rm -f "$hosts"; exit 143' TERM INT
  SIEM_ISOLATED=1 SIEM_HOSTS_FILE=$hosts "$@" &
  child=$!
  wait "$child" || status=$?
  rm -f "$hosts"
  exit "$status"
}

if [ "${1:-}" = --inside ]; then inside "${@:2}"; fi

[ "$(uname)" = Linux ] || fail "needs Linux"
for tool in unshare ip iptables ip6tables; do
  command -v "$tool" >/dev/null || fail "needs $tool: run tools/install-receivers.sh"
done
own=(--net --mount --pid --fork --kill-child --mount-proc)
[ "$(id -u)" = 0 ] || own+=(--user --map-root-user)
unshare "${own[@]}" true ||
  fail "needs a private network: run it as root, or where users may create namespaces (user.max_user_namespaces," \
    "kernel.unprivileged_userns_clone); a container needs --privileged"
exec unshare "${own[@]}" "$0" --inside "$@"

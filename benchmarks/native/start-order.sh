#!/bin/sh
# Prints the methods that short commands run, in the order in which they first run: what src/Sync.Net.Cli/Native/start.order holds.
# Names that no build knows any more are passed over, so it is made anew only when the time of a start matters: see docs/performance.md.
set -eu
if [ $# -ne 1 ] || [ ! -f "$1/syncnet.dbg" ]; then
  echo "usage: $0 DIR    (of a native syncnet with its syncnet.dbg; takes valgrind and nm)" >&2
  exit 64
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
# A copy, for valgrind stumbles over the symbols beside the original.
cp "$1/syncnet" "$work/syncnet"
"$work/syncnet" serve --listen 127.0.0.1:0 --port-file "$work/port" >/dev/null &
server=$!
tries=0
until [ -s "$work/port" ]; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || { echo "$0: the server did not start" >&2; exit 1; }
  sleep 0.1
done
export SYNC_NET_MEMBER=a SYNC_NET_ROSTER=a SYNC_NET_TIMEOUT=60 SYNC_NET_ENDPOINT="127.0.0.1:$(cat "$work/port")"
# A heap that valgrind has room for.
export DOTNET_GCHeapHardLimit=10000000
for command in 'sync ready' 'barrier up' 'data value x' 'send note a=b' 'wait note' 'state set ready' 'self'; do
  # shellcheck disable=SC2086
  valgrind --tool=lackey --trace-mem=yes --log-file="$work/trace" "$work/syncnet" $command >/dev/null
  awk '$1 == "I" { split($2, at, ","); if (!(at[1] in seen)) { seen[at[1]] = 1; print at[1] } }' "$work/trace" >>"$work/addresses"
done
nm "$1/syncnet.dbg" | awk 'NF == 3 && $2 ~ /^[tT]$/ { print $1, $3 }' | sort >"$work/symbols"
awk '
  function number(hex,   value, i) {
    value = 0
    for (i = 1; i <= length(hex); i++) value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
    return value
  }
  NR == FNR { at[++count] = number($1); name[count] = $2; next }
  {
    address = number($1)
    low = 1
    high = count
    if (address < at[1] || address > at[count] + 65536) next
    while (low < high) {
      middle = int((low + high + 1) / 2)
      if (at[middle] <= address) low = middle
      else high = middle - 1
    }
    while (low > 1 && at[low - 1] == at[low]) low--
    for (i = low; i <= count && at[i] == at[low]; i++) {
      # The order is the managed methods alone: not the C and C++ functions of the runtime.
      if (!(i in told) && name[i] !~ /^_Z/) { told[i] = 1; print name[i] }
    }
  }' "$work/symbols" "$work/addresses"

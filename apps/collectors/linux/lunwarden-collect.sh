#!/bin/sh
# Lunwarden collector for Linux proxies: reads what may write on VMFS LUNs from here, and hands it in as JSON.
# It changes nothing on the host but its own state directory: no rescan, no metadata refresh, no mount, no listener.
# POSIX sh and awk. `--print-read-list` names every source, `--help` every option. Report format: ProxyReport, schema 1.
# shellcheck disable=SC2015 # `a && b || fail`: fail must run whichever of the two did not work
set -u
LC_ALL=C
export LC_ALL
umask 077

NAME=lunwarden-collect.sh
VERSION=0.1.0
# Tests point this at a copy of /sys, /proc, /etc, /run and /var; empty = the host itself.
R=${LUNWARDEN_ROOT:-}
STATE=${LUNWARDEN_STATE:-/var/lib/lunwarden}
# cron does not look where LVM and multipath tools are, and a tool that is not found reads as not installed.
[ -n "$R" ] || PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
# Seconds that one foreign command may take before its fact is `timeout`.
LIMIT=${LUNWARDEN_TIMEOUT:-25}
# Metadata of a package manager older than this says nothing about today's updates (days).
METADATA_DAYS=8
SPOOL_MAX=50

say() { printf '%s: %s\n' "$NAME" "$*" >&2; }
fail() { # exit-code, sentence
  code=$1
  shift
  say "$*"
  exit "$code"
}
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u 2>/dev/null)" = 0 ]; }

# ---------------------------------------------------------------- JSON
# text(s, max): s as a JSON string of at most max UTF-16 units. The contract refuses control and direction characters,
# and JSON refuses what is not UTF-8: each of these becomes U+FFFD, so that nothing disappears without a trace.
# shellcheck disable=SC2016
AWK_JSON='
BEGIN { for (i = 1; i < 256; i++) ORD[sprintf("%c", i)] = i; BAD = "\357\277\275" }
function tail_is(s, from, count,   k, o) {
  for (k = 0; k < count; k++) { o = ORD[substr(s, from + k, 1)] + 0; if (o < 128 || o > 191) return 0 }
  return 1
}
function width(s, at, o, second) {
  second = ORD[substr(s, at + 1, 1)] + 0
  if (o >= 194 && o <= 223) return tail_is(s, at + 1, 1) ? 2 : 0
  if (o >= 224 && o <= 239) return tail_is(s, at + 1, 2) && !(o == 224 && second < 160) && !(o == 237 && second > 159) ? 3 : 0
  if (o >= 240 && o <= 244) return tail_is(s, at + 1, 3) && !(o == 240 && second < 144) && !(o == 244 && second > 143) ? 4 : 0
  return 0
}
function is_refused(c) {
  if (length(c) == 2) return ORD[substr(c, 1, 1)] == 194 && ORD[substr(c, 2, 1)] < 160
  if (length(c) != 3 || substr(c, 1, 1) != "\342") return 0
  if (substr(c, 2, 1) == "\200") return ORD[substr(c, 3, 1)] >= 168 && ORD[substr(c, 3, 1)] <= 174
  return substr(c, 2, 1) == "\201" && ORD[substr(c, 3, 1)] >= 166 && ORD[substr(c, 3, 1)] <= 169
}
function text(s, max,   at, n, o, w, c, out, units) {
  n = length(s); out = ""; units = 0; at = 1
  while (at <= n && units < max) {
    c = substr(s, at, 1); o = ORD[c] + 0; w = 1
    if (o < 32 || o == 127) c = BAD
    else if (c == "\"" || c == "\\") c = "\\" c
    else if (o > 127) {
      w = width(s, at, o); c = w ? substr(s, at, w) : BAD
      if (w && is_refused(c)) c = BAD
      if (!w) w = 1
    }
    units += w == 4 ? 2 : 1
    if (units > max) break
    out = out c; at += w
  }
  return "\"" out "\""
}
function maybe(s, max) { return s == "" ? "null" : text(s, max) }
function first_line(file,   line, got) {
  got = (getline line < file)
  close(file)
  return got > 0 ? line : ""
}
function exists(file,   line, got) { got = (getline line < file); close(file); return got >= 0 }
'

quote() { # text, max -> a JSON string
  VALUE=$1 awk "$AWK_JSON"' BEGIN { printf "%s", text(ENVIRON["VALUE"], '"$2"') }' </dev/null
}
value() { printf '{"value":%s}' "$1"; }
unknown() { printf '{"unknown":"%s","detail":%s}' "$1" "$(quote "$2" 480)"; }

# A fact that breaks off, or that is too large for a report, must not take the others with it.
whole_json() {
  awk '
    { line = $0
      gsub(/\\./, "", line); gsub(/"[^"]*"/, "", line)
      if (line ~ /"/) broken = 1
      commas += gsub(/,/, "", line); bytes += length($0)
      depth += gsub(/[{[]/, "", line); depth -= gsub(/[]}]/, "", line) }
    END { if (NR == 0 || broken || depth != 0) exit 1; if (bytes > 600000 || commas > 40000) exit 2 }'
}

# ---------------------------------------------------------------- time, identity
uptime_ms() { awk '{ printf "%.0f", $1 * 1000; exit }' /proc/uptime 2>/dev/null || printf 0; }
utc_now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
random_uuid() {
  cat /proc/sys/kernel/random/uuid 2>/dev/null && return
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n' | sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\)$/\1-\2-4\3-a\4-\5/'
}
uuid_v7() { # RFC 9562: 48 bits of milliseconds; the random tail keeps the variant of the version 4 UUID it is cut from
  ms=$(date +%s%3N)
  case $ms in *[!0-9]*) ms=$(date +%s)000 ;; esac
  random=$(random_uuid)
  third=${random#*-*-}
  rest=${third#*-}
  printf '%08x-%04x-7%.3s-%s' $((ms >> 16)) $((ms & 65535)) "${third#?}" "$rest"
}
boot_id() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || random_uuid; }
machine_uuid() { { tr 'A-F' 'a-f' <"$R/sys/class/dmi/id/product_uuid"; } 2>/dev/null | grep -E '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'; }
host_name() {
  name=$(cat "$R/proc/sys/kernel/hostname" 2>/dev/null || uname -n 2>/dev/null)
  name=$(printf '%.253s' "$name" | tr -c 'A-Za-z0-9._-' '-')
  printf '%s' "${name:-localhost}"
}

# Runs a foreign command within LIMIT seconds; 124 = it took longer, 127 = it or `timeout` is not there.
guarded() {
  have "$1" && have timeout || return 127
  timeout -k 2 "$LIMIT" "$@" </dev/null
}
why_not() { # exit status of guarded, command -> an unknown fact
  case $1 in
  124 | 137) unknown timeout "$2 took longer than $LIMIT s" ;;
  127) unknown unsupported "$2 or timeout is not installed" ;;
  *) unknown error "$2 ended with status $1" ;;
  esac
}

# ---------------------------------------------------------------- facts
fact_machine() {
  dmi=$R/sys/class/dmi/id
  [ -r "$dmi/sys_vendor" ] || { unknown unsupported 'no DMI in /sys/class/dmi/id'; return; }
  vendor=$(cat "$dmi/sys_vendor" 2>/dev/null) model=$(cat "$dmi/product_name" 2>/dev/null)
  virtual=false
  grep -qw hypervisor "$R/proc/cpuinfo" 2>/dev/null && virtual=true
  case "$vendor $model" in *VMware* | *QEMU* | *KVM* | *Xen* | *'Virtual Machine'* | *VirtualBox*) virtual=true ;; esac
  uuid=$(machine_uuid)
  value "{\"isVirtual\":$virtual,\"vendor\":$(quote "$vendor" 128),\"model\":$(quote "$model" 128),\"biosUuid\":${uuid:+\"}${uuid:-null}${uuid:+\"}}"
}

# os-release is parsed and never sourced: a file that is sourced is a program.
fact_os() {
  for file in "$R/etc/os-release" "$R/usr/lib/os-release"; do [ -r "$file" ] && break; done
  [ -r "$file" ] || { unknown unsupported 'no os-release'; return; }
  KERNEL=$(uname -r) awk "$AWK_JSON"'
    { at = index($0, "="); if (!at) next
      key = substr($0, 1, at - 1); v = substr($0, at + 1)
      if (v ~ /^".*"$/ || v ~ /^\047.*\047$/) v = substr(v, 2, length(v) - 2)
      gsub(/\\/, "", v); got[key] = v }
    END { printf "{\"value\":{\"id\":%s,\"versionId\":%s,\"name\":%s,\"kernel\":%s}}", text(got["ID"], 64), text(got["VERSION_ID"], 64),
      text(got["PRETTY_NAME"] == "" ? got["NAME"] : got["PRETTY_NAME"], 128), text(ENVIRON["KERNEL"], 128) }' "$file"
}

fact_roles() {
  [ -n "$ROLE" ] && { value "[\"$ROLE\"]"; return; }
  unknown not_collected 'the backup server knows the roles; or say --role'
}
fact_transport() {
  [ -n "$TRANSPORT" ] && { value "{\"configured\":\"$TRANSPORT\",\"source\":\"operator\"}"; return; }
  unknown not_collected 'the backup server knows the transport mode; or say --transport'
}

# What sysfs holds, as words that awk reads: disk NAME PATH, part DISK PART, slave MAP PATH, holder DISK HOLDER, sig PART FSTYPE PARTTYPE.
block_tree() {
  for dir in "$R"/sys/block/*; do
    [ -d "$dir" ] || continue
    disk=${dir##*/}
    printf 'disk %s %s\n' "$disk" "$(cd -P "$dir/device" 2>/dev/null && pwd | tr ' ' '_')"
    for entry in "$dir/$disk"*/partition; do
      [ -e "$entry" ] && entry=${entry%/partition} && printf 'part %s %s\n' "$disk" "${entry##*/}"
    done
    for entry in "$dir"/slaves/*; do [ -e "$entry" ] && printf 'slave %s %s\n' "$disk" "${entry##*/}"; done
    for entry in "$dir"/holders/*; do [ -e "$entry" ] && printf 'holder %s %s\n' "$disk" "${entry##*/}"; done
  done
  # udev's database is read first; only where there is none does lsblk probe the devices, which needs root.
  [ -d "$R/run/udev/data" ] || ! is_root || guarded lsblk -P -o KNAME,FSTYPE,PARTTYPE 2>/dev/null |
    sed -n 's/^KNAME="\([^" ]*\)" FSTYPE="\([^" ]*\)" PARTTYPE="\([^" ]*\)"$/sig \1 -\2 -\3/p'
}

fact_disks() {
  [ -d "$R/sys/block" ] || { unknown unsupported 'no /sys/block'; return; }
  block_tree | ROOT=$R awk "$AWK_JSON$AWK_DISKS"
}
# shellcheck disable=SC2016
AWK_DISKS='
$1 == "disk" { order[++disks] = $2; path[$2] = $3 }
$1 == "part" { parts[$2] = parts[$2] " " $3; parent[$3] = $2 }
$1 == "slave" { slaves[$2] = slaves[$2] " " $3 }
$1 == "holder" { holders[$2] = holders[$2] " " $3 }
$1 == "sig" { signed[$2] = 1; prop[$2, "ID_FS_TYPE"] = substr($3, 2); prop[$2, "ID_PART_ENTRY_TYPE"] = substr($4, 2) }
function sys(dev, name) { return first_line(ROOT "/sys/block/" (dev in parent ? parent[dev] "/" : "") dev "/" name) }
function number(dev,   n) { if (!(dev in devno)) devno[dev] = sys(dev, "dev"); return devno[dev] }
# udev: "E:KEY=VALUE" and "S:link"; records of devices without one stay unsigned, and so their content stays unknown.
function read_udev(dev,   file, line, at) {
  if (dev in asked) return
  asked[dev] = 1; file = ROOT "/run/udev/data/b" number(dev)
  while (number(dev) != "" && (getline line < file) > 0) {
    signed[dev] = 1
    if (line ~ /^S:disk\/by-id\//) links[dev] = links[dev] "\n" substr(line, 14)
    else if (line ~ /^E:[A-Z0-9_]+=/) { at = index(line, "="); prop[dev, substr(line, 3, at - 3)] = substr(line, at + 1) }
  }
  close(file)
}
function of(dev, key) { read_udev(dev); return prop[dev, key] }
function read_mounts(   file, line, f, n, k) {
  file = ROOT "/proc/self/mountinfo"
  while ((getline line < file) > 0) {
    n = split(line, f, " "); mounts_known = 1
    mounted[f[3]] = mounted[f[3]] " " f[5]
    # btrfs mounts under a number of its own; the source names the device.
    for (k = 7; k < n; k++) if (f[k] == "-") by_source[f[k + 2]] = by_source[f[k + 2]] " " f[5]
  }
  close(file)
}
function unescaped(s,   out, at) {
  out = ""
  while ((at = match(s, /\\[0-7][0-7][0-7]/)) > 0) {
    out = out substr(s, 1, at - 1) sprintf("%c", substr(s, at + 1, 1) * 64 + substr(s, at + 2, 1) * 8 + substr(s, at + 3, 1))
    s = substr(s, at + 4)
  }
  return out s
}
function mounts_of(dev, name,   all, f, n, k, out, seen) {
  all = mounted[number(dev)] by_source["/dev/" dev] by_source["/dev/mapper/" name]
  n = split(all, f, " "); out = ""
  for (k = 1; k <= n && k <= 64; k++) if (!((dev, f[k]) in told)) { told[dev, f[k]] = 1; out = out (out == "" ? "" : ",") text(unescaped(f[k]), 1024) }
  return "[" out "]"
}
function is_map(dev) { return dev ~ /^dm-/ && sys(dev, "dm/uuid") ~ /^mpath-/ }
function is_path(dev,   h, n, k) { n = split(holders[dev], h, " "); for (k = 1; k <= n; k++) if (is_map(h[k])) return 1; return 0 }
# Whole devices that a LUN may be: no RAM, loop, optical or RAID device, no LVM volume, no path of a map that is shown itself.
function is_disk(dev) {
  if (dev ~ /^(loop|ram|zram|sr|fd|md|drbd|zd)[0-9]/) return 0
  if (dev ~ /^dm-/) return is_map(dev)
  if (sys(dev, "hidden") == 1 || is_path(dev)) return 0
  return sys(dev, "size") + 0 > 0 || dev ~ /^sd/
}
function transport(where) {
  if (where ~ /\/rport-/) return "fc"
  if (where ~ /\/session[0-9]/) return "iscsi"
  if (where ~ /\/end_device-/) return "sas"
  if (where ~ /\/usb[0-9]/) return "usb"
  if (where ~ /\/ata[0-9]/) return "sata"
  if (where ~ /\/nvme/) return "nvme"
  return where ~ /\/virtio[0-9]/ ? "virtio" : ""
}
function add_id(id) {
  sub(/[ \t]+$/, "", id)
  # A cut identifier is another identifier: one that is too long is left out whole.
  if (id == "" || length(id) > 500 || id in had || ids_n >= 64) return
  had[id] = 1; ids_n++; ids = ids (ids == "" ? "" : ",") text(id, 512)
}
function ids_of(dev,   f, n, k) {
  split("", had); ids = ""; ids_n = 0
  add_id(sys(dev, "wwid")); add_id(sys(dev, "device/wwid")); add_id(sys(dev, "dm/uuid"))
  add_id(of(dev, "ID_SERIAL")); add_id(of(dev, "DM_SERIAL"))
  n = split(links[dev], f, "\n"); for (k = 1; k <= n; k++) add_id(f[k])
}
function part_json(dev, name, type,   fs) {
  fs = of(dev, "ID_FS_TYPE")
  return "{\"name\":" text(name, 128) ",\"partType\":" maybe(type, 64) ",\"fsType\":" maybe(fs, 64) ",\"mountPoints\":" mounts_of(dev, name) "}"
}
# Partitions of a map are maps of their own (kpartx), or, where nobody made these, those of its first path that has any.
function partitions(dev, first,   h, n, k, out, source, number_of, uuid) {
  out = ""; source = parts[dev]
  if (is_map(dev)) {
    n = split(holders[dev], h, " ")
    for (k = 1; k <= n; k++) {
      uuid = sys(h[k], "dm/uuid")
      if (uuid !~ /^part[0-9]+-mpath-/) continue
      number_of = substr(uuid, 5); sub(/-.*/, "", number_of)
      if (!of_known(h[k])) return unread
      out = out (out == "" ? "" : ",") part_json(h[k], sys(h[k], "dm/name"), type_of(h[k], first, number_of))
    }
    if (out == "") source = parts[first]
  }
  if (!of_known(dev)) return unread
  if (out == "") {
    n = split(source, h, " ")
    if (n > 256) return "{\"unknown\":\"truncated\"}"
    for (k = 1; k <= n; k++) {
      if (!of_known(h[k])) return unread
      out = out (out == "" ? "" : ",") part_json(h[k], h[k], of(h[k], "ID_PART_ENTRY_TYPE"))
    }
  }
  return "{\"value\":[" out "]}"
}
function of_known(dev) { read_udev(dev); return mounts_known && (dev in signed) }
function type_of(dev, first, nr,   h, n, k) {
  if (of(dev, "ID_PART_ENTRY_TYPE") != "") return of(dev, "ID_PART_ENTRY_TYPE")
  n = split(parts[first], h, " ")
  for (k = 1; k <= n; k++) if (sys(h[k], "partition") == nr) return of(h[k], "ID_PART_ENTRY_TYPE")
  return ""
}
function disk_json(dev,   f, first, ro, size, serial) {
  split(slaves[dev], f, " "); first = is_map(dev) ? f[1] : dev
  ids_of(dev)
  if (first != dev && first != "") { add_id(sys(first, "device/wwid")); add_id(of(first, "ID_SERIAL")) }
  ro = sys(dev, "ro"); size = sys(dev, "size")
  serial = of(first, "ID_SCSI_SERIAL"); if (serial == "") serial = of(first, "ID_SERIAL_SHORT"); if (serial == "") serial = sys(first, "device/serial")
  sub(/[ \t]+$/, "", serial)
  return "{\"name\":" text(is_map(dev) ? sys(dev, "dm/name") : dev, 128) ",\"transport\":" maybe(transport(path[first]), 32) \
    ",\"ids\":[" ids "],\"serialNumber\":" maybe(serial, 256) ",\"sizeBytes\":\"" sprintf("%.0f", size * 512) "\",\"readOnly\":" \
    (ro ~ /^[01]$/ ? "{\"value\":" (ro == 1 ? "true" : "false") "}" : "{\"unknown\":\"error\"}") \
    ",\"multipath\":" (is_map(dev) ? text(sys(dev, "dm/name"), 128) : "null") ",\"fsType\":" maybe(fs_of(dev, first), 64) ",\"partitions\":" partitions(dev, first) "}"
}
function fs_of(dev, first) { return of(dev, "ID_FS_TYPE") == "" ? of(first, "ID_FS_TYPE") : of(dev, "ID_FS_TYPE") }
END {
  ROOT = ENVIRON["ROOT"]; read_mounts(); out = ""; count = 0
  unread = "{\"unknown\":\"error\",\"detail\":\"neither udev nor lsblk, as root, says what is on it\"}"
  for (d = 1; d <= disks; d++) if (is_disk(order[d])) { count++; out = out (out == "" ? "" : ",\n") disk_json(order[d]) }
  # A machine without any disk does not run: an empty list means that the hardware is out of sight, e.g. in a container.
  if (count == 0) printf "{\"unknown\":\"error\",\"detail\":\"no disk in /sys/block: is this a container?\"}"
  else if (count > 4096) printf "{\"unknown\":\"truncated\"}"
  else printf "{\"value\":[%s]}", out
}'

lvm_installed() { have lvm || have vgs || [ -d "$R/etc/lvm" ]; }
# One setting of lvm.conf or, later and so stronger, lvmlocal.conf: comments out, arrays on one line.
lvm_setting() {
  cat "$R/etc/lvm/lvm.conf" "$R/etc/lvm/lvmlocal.conf" 2>/dev/null | sed 's/^[[:space:]]*#.*//' | tr '\n' ' ' |
    grep -o "[[:space:]{/]$1[[:space:]]*=[[:space:]]*\(\[[^]]*\]\|[^[:space:]]*\)" | tail -n 1 | sed 's/^[^=]*=[[:space:]]*//'
}
fact_lvm_guard() {
  lvm_installed || { value '"no-lvm"'; return; }
  [ ! -e "$R/etc/lvm/lvm.conf" ] || [ -r "$R/etc/lvm/lvm.conf" ] || { unknown denied 'lvm.conf cannot be read'; return; }
  # Only a filter that refuses something keeps LVM off anything.
  case $(lvm_setting global_filter) in *[\"\']r*) value '"filter"' && return ;; esac
  [ -s "$R/etc/lvm/devices/system.devices" ] || { value '"none"'; return; }
  uses=$(lvm_setting use_devicesfile)
  # Whether the file counts by default was decided when LVM was built, so LVM is asked.
  [ -n "$uses" ] || uses=$(guarded lvmconfig --typeconfig full devices/use_devicesfile 2>/dev/null | sed 's/.*=//')
  case $uses in
  1) value '"devices-file"' ;;
  0) value '"none"' ;;
  *) unknown unsupported 'a devices file exists, but lvmconfig does not say whether LVM uses it' ;;
  esac
}

# A volume group is foreign if this host uses none of its volumes: none mounted, none swap, none under another device.
fact_volume_groups() {
  lvm_installed || { value '[]'; return; }
  is_root || { unknown denied 'listing volume groups needs root'; return; }
  groups=$(guarded vgs --readonly --noheadings --separator '|' -o vg_uuid,vg_name 2>/dev/null)
  rc=$?
  [ $rc = 0 ] || { why_not $rc vgs; return; }
  used=$(for dir in "$R"/sys/block/dm-*; do
    uuid=$(cat "$dir/dm/uuid") && device=$(cat "$dir/dev") || continue
    held=$(for entry in "$dir"/holders/*; do [ -e "$entry" ] && echo held; done)
    if [ -n "$held" ] || grep -q "^[0-9]* [0-9]* $device " "$R/proc/self/mountinfo" || grep -q "^/dev/${dir##*/}[[:space:]]" "$R/proc/swaps"; then
      printf '%s ' "$uuid"
    fi
  done 2>/dev/null)
  printf '%s\n' "$groups" | USED=$used awk -F '|' "$AWK_JSON"'
    NF >= 2 { id = $1; gsub(/[ -]/, "", id); name = substr($0, index($0, "|") + 1)
      if (index(ENVIRON["USED"], "LVM-" id) == 0) out = out (n++ ? "," : "") text(name, 128) }
    END { if (n > 256) printf "{\"unknown\":\"truncated\"}"; else printf "{\"value\":[%s]}", out }'
}

fact_multipath() {
  [ -d "$R/sys/block" ] || { unknown unsupported 'no /sys/block'; return; }
  for file in "$R"/sys/block/dm-*/dm/uuid; do
    case $(cat "$file" 2>/dev/null) in mpath-*) value '"active"' && return ;; esac
  done
  for tool in multipath multipathd; do
    for dir in "$R/sbin" "$R/usr/sbin" "$R/bin" "$R/usr/bin"; do [ -e "$dir/$tool" ] && value '"inactive"' && return; done
  done
  value '"not-installed"'
}

# Nothing here refreshes metadata. No metadata, or old metadata, is no evidence that nothing is pending.
fresh() { [ -n "$(find "$@" -mtime "-$METADATA_DAYS" -print 2>/dev/null | head -n 1)" ]; }
fact_updates() {
  if have apt-get; then
    set -- "$R"/var/lib/apt/lists/*_Packages*
    [ -e "$1" ] || { unknown not_collected 'apt has no package lists'; return; }
    fresh "$R/var/lib/apt/lists/partial" "$R/var/lib/apt/lists" -prune || { unknown stale "apt refreshed its lists more than $METADATA_DAYS days ago"; return; }
    listed=$(guarded apt-get -s -q -o Debug::NoLocking=1 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= dist-upgrade 2>/dev/null)
    rc=$?
    [ $rc = 0 ] || { why_not $rc apt-get; return; }
    printf '%s\n' "$listed" | awk "$AWK_JSON$AWK_UPDATES"' $1 == "Inst" { old = $3 ~ /^\[/ ? substr($3, 2, length($3) - 2) : ""
      at = index($0, "("); rest = substr($0, at + 1); split(rest, f, " ")
      if (old != "") add($2, $2 " " old " -> " f[1], "unspecified", rest ~ /[Ss]ecurity/, "") } END { finish() }'
    return
  fi
  for tool in dnf yum; do have $tool && break; done
  have "$tool" || { unknown unsupported 'neither apt, dnf nor yum is installed'; return; }
  fresh "$R/var/cache/dnf" "$R/var/cache/libdnf5" "$R/var/cache/yum" -name repomd.xml || { unknown stale "$tool refreshed its metadata more than $METADATA_DAYS days ago, or never"; return; }
  listed=$(guarded "$tool" -q -C check-update 2>/dev/null)
  rc=$?
  [ $rc = 0 ] || [ $rc = 100 ] || { why_not $rc "$tool"; return; }
  { guarded "$tool" -q -C updateinfo list 2>/dev/null | sed 's/^/advisory /'
    guarded "$tool" -q -C updateinfo list cves 2>/dev/null | sed -n 's/^[[:space:]]*CVE-/advisory CVE-/p'
    printf '%s\n' "$listed" | sed 's/^/update /'; } | awk "$AWK_JSON$AWK_UPDATES$AWK_DNF"
}
# shellcheck disable=SC2016
AWK_UPDATES='
function add(id, title, severity, is_security, cves) {
  out = out (n++ ? ",\n" : "") "{\"id\":" text(id, 128) ",\"title\":" text(title, 512) ",\"severity\":\"" severity "\",\"categories\":[" \
    (is_security ? "\"security\"" : "") "],\"cves\":[" cves "],\"needsReboot\":" (id ~ /^(linux-image|linux-modules|kernel|glibc|libc6|systemd|dbus|.*microcode)/ ? "true" : "false") "}"
}
function finish() { if (n > 2000) printf "{\"unknown\":\"truncated\"}"; else printf "{\"value\":[%s]}", out }
'
# shellcheck disable=SC2016
AWK_DNF='
# dnf 4 and yum: ID Important/Sec. name-version.arch; dnf 5: ID security Important name-version.arch date
$1 == "advisory" { package = ""; for (k = 3; k <= NF && package == ""; k++) if ($k ~ /-[0-9][^ ]*\.[a-z0-9_]+$/) package = $k
  if (package == "") next
  if ($0 ~ /\/Sec\.|[Ss]ecurity/) security[package] = 1
  if ($2 ~ /^CVE-[0-9]+-[0-9]+$/ && !((package, $2) in seen) && ++cve_n[package] <= 1000) { seen[package, $2] = 1; cve[package] = cve[package] (cve[package] == "" ? "" : ",") "\"" $2 "\"" }
  s = tolower($3 " " $4); w = s ~ /critical/ ? 4 : s ~ /important/ ? 3 : s ~ /moderate/ ? 2 : s ~ /low/ ? 1 : 0
  if (w > worst[package]) worst[package] = w }
# name.arch version repository; what follows "Obsoleting Packages" is no update.
$1 == "update" && /Obsoleting/ { obsoleting = 1 }
$1 == "update" && !obsoleting && NF == 4 && $2 ~ /\.[a-z0-9_]+$/ { name = $2; arch = name; sub(/.*\./, "", arch); sub(/\.[^.]*$/, "", name)
  version = $3; sub(/^[0-9]+:/, "", version); full = name "-" version "." arch; if (!(full in security) && !(full in worst)) full = name "-" $3 "." arch
  split("unspecified low moderate important critical", word, " ")
  add(name, name " -> " $3, word[worst[full] + 1], full in security, cve[full]) }
END { finish() }
'

utc_of() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null; }
fact_last_update() {
  if [ -e "$R/var/log/apt" ] && have apt-get; then
    cat "$R"/var/log/apt/history.log >/dev/null 2>&1 || { unknown denied '/var/log/apt/history.log cannot be read'; return; }
    # Local times, a block per run; a run with an Error: line did not succeed.
    last=$({ for file in "$R"/var/log/apt/history.log.*.gz; do gzip -dc "$file"; done; cat "$R"/var/log/apt/history.log.1 "$R"/var/log/apt/history.log; } 2>/dev/null |
      awk '/^Start-Date:/ { upgrade = 0; failed = 0 } /^Upgrade:/ { upgrade = 1 } /^Error:/ { failed = 1 }
        /^End-Date:/ { at = $2 " " $3; if (upgrade && !failed && at > last) last = at } END { print last }')
    [ -n "$last" ] || { value null; return; }
    epoch=$(date -d "$last" +%s 2>/dev/null) || epoch=
  elif have rpm; then
    epoch=$(guarded rpm -qa --qf '%{INSTALLTIME}\n' 2>/dev/null | sort -n | tail -n 1)
  else
    unknown unsupported 'neither an apt history nor rpm'
    return
  fi
  at=$(utc_of "${epoch:-none}")
  if [ -n "$at" ]; then value "\"$at\""; else unknown error 'the time of the last update cannot be read'; fi
}

fact_reboot() {
  reasons='' asked=
  for file in "$R/run/reboot-required" "$R/var/run/reboot-required"; do
    [ -e "$file" ] && reasons='"reboot-required"' asked=1 && break
  done
  # needs-restarting ends with 1 if the core libraries or the kernel are newer than the boot.
  if have needs-restarting; then
    guarded needs-restarting -r >/dev/null 2>&1
    case $? in
    0) asked=1 ;;
    1) reasons="$reasons${reasons:+,}\"needs-restarting\"" asked=1 ;;
    esac
  fi
  newest=$(for image in "$R"/boot/vmlinuz-*; do [ -e "$image" ] && printf '%s\n' "${image##*/vmlinuz-}"; done | grep -v rescue | sort -V 2>/dev/null | tail -n 1)
  if [ -n "$newest" ]; then
    asked=1
    [ "$newest" = "$(uname -r)" ] || reasons="$reasons${reasons:+,}$(quote "kernel $newest is installed, $(uname -r) runs" 128)"
  fi
  if [ -n "$asked" ]; then value "[$reasons]"; else unknown unsupported 'no source tells whether a reboot is pending'; fi
}

# ---------------------------------------------------------------- report
# Runs one part. Whatever it does, one whole fact and one line about how it fared come out.
part() { # name, fact, function
  began=$(uptime_ms)
  result=$($3 2>/dev/null)
  printf '%s\n' "$result" | whole_json
  case $?:$result in
  0:'{"value":'*) status=ok ;;
  0:'{"unknown":"denied"'*) status=denied ;;
  0:'{"unknown":"timeout"'*) status=timeout ;;
  0:'{"unknown":"unsupported"'*) status=unsupported ;;
  0:'{"unknown":"not_collected"'*) status=skipped ;;
  0:'{"unknown":'*) status=error ;;
  2:*) status=error result='{"unknown":"truncated","detail":"too large for a report"}' ;;
  *) status=error result='{"unknown":"error","detail":"the part broke off"}' ;;
  esac
  took=$(($(uptime_ms) - began))
  PARTS="$PARTS${PARTS:+,}{\"name\":\"$1\",\"status\":\"$status\",\"durationMs\":$((took < 0 ? 0 : took))}"
  FACTS="$FACTS,
\"$2\":$result"
}

# The report without its first fields: age, time of sending and losses are only known when it is sent.
collect() {
  PARTS='' FACTS=''
  part machine machine fact_machine
  part os os fact_os
  part roles roles fact_roles
  part transport transport fact_transport
  part disks disks fact_disks
  part lvm-guard lvmGuard fact_lvm_guard
  part volume-groups foreignVolumeGroups fact_volume_groups
  part multipath multipath fact_multipath
  part updates pendingUpdates fact_updates
  part last-update lastUpdateSuccessAt fact_last_update
  part reboot pendingReboot fact_reboot
  digest=$(sha256sum "$0" 2>/dev/null | cut -c 1-64)
  elevated=false
  is_root && elevated=true
  printf '"schema":1,"reportId":"%s","installId":"%s","bootId":"%s","seq":%s,"collectedAt":"%s",\n' "$(uuid_v7)" "$INSTALL_ID" "$BOOT_ID" "$SEQ" "$(utc_now)"
  [ -z "$NONCE" ] || printf '"nonce":"%s",\n' "$NONCE"
  printf '"collector":{"name":"%s","version":"%s","sha256":%s},\n' "$NAME" "$VERSION" "${digest:+\"}${digest:-null}${digest:+\"}"
  printf '"collectors":[%s],\n"facts":{"platform":"linux","hostname":"%s","elevated":%s%s}}\n' "$PARTS" "$(host_name)" "$elevated" "$FACTS"
}
head_of() { # age in ms or null, reports lost
  printf '{"ageMs":%s,"sentAt":"%s","dropped":%s,\n' "$1" "$(utc_now)" "$2"
}

# ---------------------------------------------------------------- state, sending
read_state() {
  mkdir -p "$STATE/spool" 2>/dev/null && [ -w "$STATE" ] || fail 3 "cannot write $STATE: run as root, or set LUNWARDEN_STATE to a directory of your own"
  # A clone must not speak with the voice of its template.
  if [ -s "$STATE/machine" ] && [ -n "$(machine_uuid)" ] && [ "$(cat "$STATE/machine")" != "$(machine_uuid)" ]; then
    [ "$MODE" = enroll ] || fail 6 "$STATE was made on another machine; if this is a clone, enrol it with --enroll"
    rm -f "$STATE/install-id" "$STATE/key" "$STATE/spool/"*.json
  fi
  [ -s "$STATE/install-id" ] || { random_uuid >"$STATE/install-id" && machine_uuid >"$STATE/machine"; }
  INSTALL_ID=$(cat "$STATE/install-id")
  BOOT_ID=$(boot_id)
  SEQ=0
  [ -s "$STATE/seq" ] && read -r boot count <"$STATE/seq" && [ "$boot" = "$BOOT_ID" ] && SEQ=$((count + 1))
  DROPPED=$(cat "$STATE/dropped" 2>/dev/null)
  DROPPED=${DROPPED:-0}
}
put() { # file, content: all of it or nothing, also when the power fails
  printf '%s\n' "$2" >"$1.new" && mv "$1.new" "$1"
}

check_server() {
  have curl || fail 2 'curl is not installed; use --out FILE and carry the report over'
  PROTOCOLS='=https'
  # Without TLS only within this machine, e.g. through a tunnel that ends here.
  case $SERVER in
  https://*) ;;
  http://127.0.0.1[:/]* | http://localhost[:/]* | 'http://[::1]'*) PROTOCOLS='=http,https' ;;
  *) fail 2 'the server must be an https:// address' ;;
  esac
  case $SERVER$CA$PIN$STATE in *[\"\\]*) fail 2 'quotes and backslashes cannot stand in --server, --ca, --pin or LUNWARDEN_STATE' ;; esac
}

# curl reads key and options from a file, so that they never stand in the list of processes.
post() { # path, body file, answer file, more lines for curl -> prints the HTTP status, 000 = no answer
  {
    printf 'url = "%s%s"\nproto = "%s"\n' "${SERVER%/}" "$1" "$PROTOCOLS"
    printf 'silent\nmax-time = 60\nretry = 2\nretry-delay = 2\noutput = "%s"\nwrite-out = "%%{http_code}"\n' "$3"
    printf 'header = "Content-Type: application/json"\nuser-agent = "%s/%s"\ndata-binary = "@%s"\n%s\n' "$NAME" "$VERSION" "$2" "$4"
    [ -z "$CA" ] || printf 'cacert = "%s"\n' "$CA"
    [ -z "$PIN" ] || printf 'pinnedpubkey = "%s"\n' "$PIN"
  } >"$WORK/curl"
  : >"$3"
  curl -q --config "$WORK/curl" 2>"$WORK/curl-said" || true
}

enroll() {
  [ -n "$SERVER" ] && [ -n "$TOKEN" ] || fail 2 '--enroll needs --server URL and a token (--token, --token-file or LUNWARDEN_TOKEN)'
  check_server
  printf '{"token":%s,"installId":"%s","hostname":"%s","platform":"linux"}' "$(quote "$TOKEN" 200)" "$INSTALL_ID" "$(host_name)" >"$WORK/body"
  status=$(post /api/v1/enroll "$WORK/body" "$WORK/answer" '')
  [ "$status" = 201 ] || fail 4 "enrolment refused (HTTP $status): $(head -c 300 "$WORK/answer" "$WORK/curl-said" 2>/dev/null | tr -cd '[:print:]')"
  key=$(sed -n 's/.*"key"[[:space:]]*:[[:space:]]*"\([A-Za-z0-9._~+/=:-]*\)".*/\1/p' "$WORK/answer")
  [ -n "$key" ] || fail 4 'the server gave no key'
  put "$STATE/key" "$key" && put "$STATE/server" "$SERVER" && put "$STATE/ca" "$CA" && put "$STATE/pin" "$PIN" || fail 3 "cannot write $STATE"
  say "enrolled with $SERVER"
}

# Oldest first, 50 at most. Names sort by time: seconds, boot, uptime in ms.
spool() { # report
  put "$STATE/spool/$(date +%s)_${BOOT_ID}_$1.json" "$2"
  set -- "$STATE"/spool/*.json
  while [ $# -gt $SPOOL_MAX ]; do
    rm -f "$1"
    DROPPED=$((DROPPED + 1))
    put "$STATE/dropped" "$DROPPED"
    shift
  done
}
# Somebody waits for facts observed from now on: the next report carries the name of that request.
keep_nonce() {
  NONCE=$(sed -n 's/.*"nonce"[[:space:]]*:[[:space:]]*"\([A-Za-z0-9_-]\{16,64\}\)".*/\1/p' "$WORK/answer")
  if [ -n "$NONCE" ]; then put "$STATE/nonce" "$NONCE"; else rm -f "$STATE/nonce"; fi
}
collect_and_send() {
  put "$STATE/seq" "$BOOT_ID $SEQ"
  began=$(uptime_ms)
  report=$(collect) || fail 1 'collecting failed'
  spool "$began" "$report"
  send_spool
  SEQ=$((SEQ + 1))
}
send_spool() {
  for file in "$STATE"/spool/*.json; do
    [ -e "$file" ] || continue
    stamp=${file##*_} boot=${file%_*}
    age=null
    # After a reboot, or past seven days, nothing proves how old it is.
    [ "${boot##*_}" = "$BOOT_ID" ] && age=$(($(uptime_ms) - ${stamp%.json})) && [ $age -ge 0 ] && [ $age -le 604800000 ] || age=null
    { head_of "$age" "$DROPPED" && cat "$file"; } >"$WORK/report"
    encoding=
    gzip -c "$WORK/report" >"$WORK/body" 2>/dev/null && encoding='header = "Content-Encoding: gzip"' || cp "$WORK/report" "$WORK/body"
    status=$(post /api/v1/reports "$WORK/body" "$WORK/answer" "$encoding
header = \"Authorization: Bearer $(cat "$STATE/key")\"")
    case $status in
    200 | 202)
      rm -f "$file"
      keep_nonce
      DROPPED=0
      put "$STATE/dropped" 0
      ;;
    401) fail 4 "$SERVER no longer takes this host's key; enrol again with --enroll. The report is kept." ;;
    000 | 408 | 429 | 5??) fail 7 "$SERVER cannot take the report now (HTTP $status); it is kept and sent with the next run" ;;
    *)
      mv "$file" "$STATE/rejected.json"
      REJECTED="$SERVER refused a report (HTTP $status), kept as $STATE/rejected.json: $(head -c 300 "$WORK/answer" | tr -cd '[:print:]')"
      ;;
    esac
  done
  [ -z "${REJECTED:-}" ] || fail 5 "$REJECTED"
}

# ---------------------------------------------------------------- commands
help() {
  cat <<'TEXT'
Usage: lunwarden-collect.sh [OPTION]...
  (nothing)            collect, and send to the server this host is enrolled with
  --enroll             trade a token for a key: --server URL --token T | --token-file F | LUNWARDEN_TOKEN
  --out FILE           write the report to FILE instead; - = standard output
  --transport MODE     what the backup product is told: auto, direct-san, virtual-appliance or network
  --role ROLE          proxy, backup-server, repository or mount-server
  --ca FILE            certificates of your own authority        --pin sha256//BASE64   public key of the server
  --print-read-list    every source this script reads            --self-test            what works here
Exit: 0 done, 2 usage, 3 state directory, 4 key or token refused, 5 report refused, 6 cloned machine, 7 sent later.
TEXT
}
read_list() {
  cat <<'TEXT'
/sys/block/* (size, ro, wwid, dm, slaves, holders, partitions), /run/udev/data/b*, /proc/self/mountinfo, /proc/swaps
lsblk -P (as root, and only where udev keeps no database)
/etc/os-release, uname -r, /proc/sys/kernel/{hostname,random/boot_id,random/uuid}, /proc/{uptime,cpuinfo}
/sys/class/dmi/id/{sys_vendor,product_name,product_uuid}
/etc/lvm/{lvm,lvmlocal}.conf, /etc/lvm/devices/system.devices, lvmconfig, vgs --readonly (as root)
/var/lib/apt/lists (names, times), apt-get -s dist-upgrade (a simulation), /var/log/apt/history.log*
dnf|yum -C check-update, -C updateinfo (from the cache only), rpm -qa, needs-restarting -r
/run/reboot-required, names in /boot
Writes: its state directory only (/var/lib/lunwarden or LUNWARDEN_STATE).
TEXT
}
self_test() {
  for tool in awk sed grep timeout lsblk curl gzip sha256sum; do
    if have $tool; then echo "ok       $tool"; else echo "missing  $tool"; fi
  done
  if is_root; then echo 'ok       root'; else echo 'missing  root: volume groups and the BIOS UUID stay unknown'; fi
  collect >"$WORK/report" && { head_of 0 0 && cat "$WORK/report"; } | whole_json || fail 1 'the report is not whole'
  echo 'ok       report'
  sed -n 's/^"collectors":\[\(.*\)\],$/\1/p' "$WORK/report" | tr '}' '\n' | sed -n 's/.*"name":"\([^"]*\)","status":"\([^"]*\)".*/\2 \1/p' | awk '{ printf "%-8s %s\n", $1, $2 }'
}

MODE=run OUT='' NONCE='' SERVER='' TOKEN=${LUNWARDEN_TOKEN:-} CA='' PIN='' ROLE='' TRANSPORT=''
need() { [ $# -ge 2 ] && [ -n "$2" ] || fail 2 "$1 needs a value"; }
while [ $# -gt 0 ]; do
  case $1 in
  --enroll) MODE=enroll ;;
  --self-test) MODE='test' ;;
  --print-read-list) read_list && exit 0 ;;
  --help) help && exit 0 ;;
  --out) need "$@" && MODE=out OUT=$2 && shift ;;
  --server) need "$@" && SERVER=$2 && shift ;;
  --token) need "$@" && TOKEN=$2 && shift ;;
  --token-file) need "$@" && TOKEN=$(head -n 1 "$2") && shift ;;
  --ca) need "$@" && CA=$2 && shift ;;
  --pin) need "$@" && PIN=$2 && shift ;;
  --role) need "$@" && ROLE=$2 && shift ;;
  --transport) need "$@" && TRANSPORT=$2 && shift ;;
  *) help >&2 && fail 2 "unknown option: $1" ;;
  esac
  shift
done
case $ROLE in '' | proxy | backup-server | repository | mount-server) ;; *) fail 2 "unknown role: $ROLE" ;; esac
case $TRANSPORT in '' | auto | direct-san | virtual-appliance | network) ;; *) fail 2 "unknown transport mode: $TRANSPORT" ;; esac

read_state
WORK=$(mktemp -d "$STATE/work.XXXXXX") || fail 3 "cannot write $STATE"
trap 'rm -rf "$WORK"' EXIT
trap 'exit 1' HUP INT TERM

case $MODE in
enroll) enroll ;;
test) self_test ;;
out)
  put "$STATE/seq" "$BOOT_ID $SEQ"
  collect >"$WORK/report" || fail 1 'collecting failed'
  { head_of 0 "$DROPPED" && cat "$WORK/report"; } >"$WORK/whole"
  if [ "$OUT" = - ]; then cat "$WORK/whole"; else cp "$WORK/whole" "$OUT" || fail 3 "cannot write $OUT"; fi
  ;;
run)
  [ -s "$STATE/key" ] || fail 4 'this host is not enrolled; use --enroll, or --out FILE'
  SERVER=${SERVER:-$(cat "$STATE/server")} CA=${CA:-$(cat "$STATE/ca" 2>/dev/null)} PIN=${PIN:-$(cat "$STATE/pin" 2>/dev/null)}
  check_server
  read -r NONCE 2>/dev/null <"$STATE/nonce" || NONCE=''
  collect_and_send
  # Whoever waits for a pre-flight waits for this run and not for the next one.
  [ -z "$NONCE" ] || collect_and_send
  ;;
esac

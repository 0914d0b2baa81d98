# shellcheck shell=bash
# Provides the servers that tests start. Debian's packages are unpacked into $cache and not installed, so that no server starts by itself.
# Each program gets a script that starts it with its own libraries. A server that is installed already is not unpacked.
# Increase the number in the folder's name when the list of packages changes.
servers=$cache/servers-3
servers_there() {
  local home=$servers package packages=()
  command -v redis-server >/dev/null || packages+=(redis-server)
  { command -v mosquitto || [ -x /usr/sbin/mosquitto ]; } >/dev/null || packages+=(mosquitto)
  command -v mariadbd >/dev/null || packages+=(mariadb-server)
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
  { command -v sshd || [ -x /usr/sbin/sshd ]; } >/dev/null || packages+=(openssh-server)
  [ "${#packages[@]}" = 0 ] || [ -e "$home/complete" ] && return
  rm -rf "$home" && mkdir -p "$home/archives/partial" "$home/root" "$home/bin" || return
  apt-get update -qq || return
  apt-get install -y -qq --no-install-recommends --download-only -o "Dir::Cache::archives=$home/archives" "${packages[@]}" >/dev/null || return
  for package in "$home"/archives/*.deb; do dpkg -x "$package" "$home/root" || return; done
  rm -rf "$home/archives"
  for program in "$home"/root/usr/bin/redis-server "$home"/root/usr/sbin/mariadbd "$home"/root/usr/bin/mariadb-install-db \
    "$home"/root/usr/sbin/{sshd,mosquitto} "$home"/root/usr/bin/ssh-keygen \
    "$home"/root/usr/lib/postgresql/*/bin/{initdb,postgres}; do
    [ ! -e "$program" ] || server_script "$program" "$home" || return
  done
  touch "$home/complete"
}

server_script() {
  local program=$1 home=$2 more=
  case ${program##*/} in mariadb*) more=" --basedir='$home/root/usr'" ;; esac
  cat >"$home/bin/${program##*/}" <<END && chmod +x "$home/bin/${program##*/}"
#!/bin/sh
export LD_LIBRARY_PATH='$home/root/usr/lib/$(uname -m)-linux-gnu'
exec '$program' "\$@"$more
END
}

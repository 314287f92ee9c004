#!/bin/bash
# The suite's private PostgreSQL: its data, socket, log and passwords live in one git-ignored folder.
#
#   postgres.sh start                       make it if need be, start it, create the six schemas and their roles
#   postgres.sh stop                        stop it; clients are disconnected, nothing is lost
#   postgres.sh status                      exit code 0 when it runs, 3 when it does not
#   postgres.sh wait [SECONDS]              wait until it accepts connections (30 s unless told)
#   postgres.sh url SERVICE owner|app [tcp] the connection URI of a service's role, on the unix socket unless tcp
#   postgres.sh url admin                   the connection URI of the superuser
#   postgres.sh psql [ARGUMENTS]            psql as the superuser in the suite's database
#   postgres.sh destroy                     stop it and delete its data
#
# Environment:
#   TWIN_DEV_DIR       folder for everything (default: .dev in the project). When the server's user cannot reach it
#                      (a project below /root, say), /var/lib/digital-twin/<hash> is used and named in DIR/postgres.location.
#   TWIN_PG_PORT       TCP port on 127.0.0.1 (default: the first free one from 54329)
#   TWIN_PG_BIN        folder of initdb, pg_ctl and psql (default: the newest under /usr/lib/postgresql, 14 or later)
#   TWIN_PG_WATCH_PID  stop and delete the server when that process ends; for tests
#
# Security: the unix socket lies in a folder only the server's user (and root) can enter, and trusts who gets there;
# TCP is loopback only and asks for the password generated per role into passwords (mode 0600).
set -euo pipefail

readonly MINIMUM_VERSION=14 FIRST_PORT=54329 PORT_TRIES=100 FIRST_TEST_PORT=20000 TEST_PORTS=10000
readonly LOCK_SECONDS=120 START_SECONDS=60 START_ATTEMPTS=10 STOP_SECONDS=30 ORPHAN_SECONDS=10
readonly MAXIMUM_SOCKET_PATH=107 MAXIMUM_LOG_BYTES=$((16 * 1024 * 1024))
readonly DATABASE=twin
readonly SERVICES=(state_sync twin_engine scenario_runner prediction results edge)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dev=${TWIN_DEV_DIR:-$(cd "$here/../.." && pwd)/.dev}

say() { echo "postgres: $*" >&2; }
die() { say "$*"; exit 1; }

find_binaries() {
  local bin version best=0
  if [[ -n ${TWIN_PG_BIN:-} ]]; then
    [[ -x $TWIN_PG_BIN/pg_ctl ]] || die "TWIN_PG_BIN=$TWIN_PG_BIN holds no pg_ctl"
    bin_dir=$TWIN_PG_BIN
    return
  fi
  for bin in /usr/lib/postgresql/*/bin; do
    version=$(basename "$(dirname "$bin")")
    [[ -x $bin/initdb && $version =~ ^[0-9]+$ ]] || continue
    if ((version >= MINIMUM_VERSION && version > best)); then best=$version bin_dir=$bin; fi
  done
  ((best > 0)) || die "no PostgreSQL server of version $MINIMUM_VERSION or later is installed; run: apt-get install postgresql"
}

# The user that owns the data: the caller, or as root the system's postgres user, or one made for the purpose.
choose_user() {
  server_user=$(id -un)
  if [[ $(id -u) -eq 0 ]]; then
    if id postgres >/dev/null 2>&1; then
      server_user=postgres
    else
      id twin >/dev/null 2>&1 || useradd --system --home-dir / --shell /usr/sbin/nologin twin
      server_user=twin
    fi
  fi
}

# Closes what was inherited beyond the standard streams: a server that lives on must hold neither our lock nor a pipe
# or socket by which a caller waits for our end.
close_inherited() {
  local descriptor
  for descriptor in "/proc/$BASHPID/fd/"*; do
    descriptor=${descriptor##*/}
    if ((descriptor > 2)); then eval "exec $descriptor>&-"; fi
  done
}

# Runs a command as the server's user, without the caller's PG… variables.
as_server() {
  local clean=(env -u PGHOST -u PGHOSTADDR -u PGPORT -u PGUSER -u PGDATABASE -u PGPASSWORD -u PGOPTIONS -u PGSERVICE
    -u PGDATA -u PGSSLMODE LC_ALL=C)
  if [[ $(id -u) -eq 0 ]]; then
    (cd / && close_inherited && exec runuser -u "$server_user" -- "${clean[@]}" "$@")
  else
    (cd / && close_inherited && exec "${clean[@]}" "$@")
  fi
}

path_hash() { printf %s "$1" | sha256sum | cut -c1-12; }

# Sets home, and with it data, socket_dir, log and passwords. With "create", makes the folder.
locate() {
  make_reachable "$dev"
  dev=$(cd "$dev" && pwd -P)
  home=$dev/postgres
  if [[ -f $dev/postgres.location ]]; then
    home=$(<"$dev/postgres.location")
  elif [[ ${1:-} == create && ! -d $home ]]; then
    make_folder "$home"
    if ! as_server test -w "$home"; then
      rmdir "$home"
      home=/var/lib/digital-twin/$(path_hash "$dev")
      make_reachable /var/lib/digital-twin
      make_folder "$home"
      as_server test -w "$home" || die "user $server_user can write neither to $dev nor to $home"
      echo "$home" >"$dev/postgres.location"
      say "user $server_user cannot reach $dev; the data is in $home"
    fi
  fi
  data=$home/data log=$home/postgres.log passwords=$home/passwords bootstrapped=$home/bootstrapped
  socket_dir=$home/run
  # The kernel limits the path of a socket; a deep project gets a short folder instead.
  if ((${#socket_dir} + 16 > MAXIMUM_SOCKET_PATH)); then socket_dir=/tmp/twin-postgres-$(path_hash "$home"); fi
}

# A folder that other users may pass through, whatever the caller's umask.
make_reachable() { [[ -d $1 ]] || (umask 022 && mkdir -p "$1") || die "cannot create the folder $1"; }

make_folder() {
  mkdir -m 700 "$1"
  [[ $(id -u) -ne 0 ]] || chown "$server_user:" "$1"
}

# Prints the process id when the postmaster of this data folder lives. A recycled number does not fool it.
running_pid() {
  local pid
  [[ -f $data/postmaster.pid ]] || return 1
  pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] || return 1
  is_ours "$pid" && echo "$pid"
}

is_ours() {
  [[ $(readlink "/proc/$1/cwd" 2>/dev/null) == "$data" && $(readlink "/proc/$1/exe" 2>/dev/null) == */postgres* ]]
}

# After kill -9 of the postmaster its children need a moment to notice; a new server cannot start before they are gone.
clear_stale() {
  local waited=0 pid orphans
  while true; do
    orphans=()
    for pid in /proc/[0-9]*; do
      pid=${pid#/proc/}
      if is_ours "$pid"; then orphans+=("$pid"); fi
    done
    ((${#orphans[@]} > 0)) || break
    if ((waited++ >= ORPHAN_SECONDS * 10)); then
      say "ending processes left behind by a killed server: ${orphans[*]}"
      kill -9 "${orphans[@]}" 2>/dev/null || true
    fi
    sleep 0.1
  done
  if [[ -f $data/postmaster.pid ]]; then
    say "removing the stale postmaster.pid of a killed server"
    rm -f "$data/postmaster.pid"
  fi
  # The folder is this server's alone. The process number in a socket's lock file may by now be anyone's.
  rm -f "$socket_dir"/.s.PGSQL.*
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

choose_port() {
  local candidate
  if [[ -n ${TWIN_PG_PORT:-} ]]; then
    if ! [[ $TWIN_PG_PORT =~ ^[0-9]{1,5}$ ]] || ((10#$TWIN_PG_PORT < 1 || 10#$TWIN_PG_PORT > 65535)); then
      die "TWIN_PG_PORT must be a number from 1 to 65535, not '$TWIN_PG_PORT'"
    fi
    port_is_free "$TWIN_PG_PORT" || die "port $TWIN_PG_PORT (TWIN_PG_PORT) is in use by another program"
    port=$TWIN_PG_PORT
    return
  fi
  local first=$FIRST_PORT
  # Servers of tests come and go at the same time; apart from each other they find their ports again after a restart.
  [[ -z ${TWIN_PG_WATCH_PID:-} ]] || first=$((FIRST_TEST_PORT + RANDOM % TEST_PORTS))
  for ((candidate = first; candidate < first + PORT_TRIES; candidate++)); do
    if port_is_free "$candidate"; then port=$candidate; return; fi
  done
  die "no free port from $first to $((first + PORT_TRIES - 1)); set TWIN_PG_PORT"
}

current_port() { sed -n 4p "$data/postmaster.pid"; }

initialise() {
  if [[ -f $data/PG_VERSION ]]; then
    local have want
    have=$(<"$data/PG_VERSION")
    want=$("$bin_dir/postgres" --version | sed 's/.* \([0-9]*\)\..*/\1/')
    [[ $have == "$want" ]] || die "$data was made by PostgreSQL $have, but $bin_dir is version $want; set TWIN_PG_BIN, or run: $0 destroy"
    return
  fi
  say "creating the data folder $data (user $server_user)"
  # Made aside and renamed when complete, so that an interrupted run leaves nothing that looks whole.
  as_server rm -rf "$data.new"
  as_server "$bin_dir/initdb" --pgdata="$data.new" --username=postgres --encoding=UTF8 --locale=C --data-checksums \
    --auth-local=trust --auth-host=scram-sha-256 >"$home/initdb.log" 2>&1 \
    || { cat "$home/initdb.log" >&2; die "initdb failed"; }
  echo "include = 'twin.conf'" >>"$data.new/postgresql.conf"
  as_server mv "$data.new" "$data"
}

configure() {
  as_server mkdir -p -m 700 "$socket_dir"
  [[ $(stat -c %U "$socket_dir") == "$server_user" && $(stat -c %a "$socket_dir") == 700 ]] \
    || die "$socket_dir must belong to $server_user alone (mode 0700)"
  as_server tee "$data/twin.conf" >/dev/null <<CONF
# Written by deploy/dev/postgres.sh at every start.
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$socket_dir'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 128MB
# Acknowledged data survives a crash of the machine.
fsync = on
synchronous_commit = on
full_page_writes = on
max_wal_size = 1GB
# Files of the log are used again: making a new one of 16 MB would hold up a commit.
min_wal_size = 512MB
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_min_messages = warning
CONF
  if [[ -f $log ]] && (($(stat -c %s "$log") > MAXIMUM_LOG_BYTES)); then as_server mv "$log" "$log.old"; fi
}

run_psql() { as_server "$bin_dir/psql" -X -q -v ON_ERROR_STOP=1 -h "$socket_dir" -p "$(current_port)" -U postgres "$@"; }

bootstrap_sum() { sha256sum <"$here/bootstrap.sql"; }

# Also completes what an interrupted start left undone.
bootstrap() {
  if [[ $(run_psql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = '$DATABASE'") != 1 ]]; then
    run_psql -d postgres -c "CREATE DATABASE $DATABASE"
  fi
  run_psql -d "$DATABASE" <"$here/bootstrap.sql"
  if [[ ! -f $passwords ]]; then
    local service role lines="" statements=""
    for service in "${SERVICES[@]}"; do
      for role in "${service}_owner" "${service}_app"; do
        local password
        password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
        lines+="$role:$password"$'\n'
        statements+="ALTER ROLE $role PASSWORD '$password';"$'\n'
      done
    done
    # On standard input, so that no password shows in a process list.
    run_psql -d "$DATABASE" <<<"$statements"
    # shellcheck disable=SC2016  # expanded by the inner shell
    printf %s "$lines" | as_server sh -c 'umask 077; cat >"$1.new"; mv "$1.new" "$1"' sh "$passwords"
  fi
  bootstrap_sum | as_server tee "$bootstrapped" >/dev/null
}

# Ends the server with its test, however the test ends.
watch() {
  (
    close_inherited
    export TWIN_DEV_DIR=$dev
    # shellcheck disable=SC2016  # expanded by the inner shell
    exec setsid bash -c 'tail --pid="$1" -f /dev/null; "$2" destroy; rm -rf "$3"' \
      watch "$TWIN_PG_WATCH_PID" "$here/postgres.sh" "$dev" </dev/null >/dev/null 2>&1
  ) &
}

launch() {
  local attempt errors
  for ((attempt = 1; ; attempt++)); do
    choose_port
    configure
    errors=$(as_server "$bin_dir/pg_ctl" start -D "$data" -l "$log" -w -t "$START_SECONDS" -s 2>&1) && return
    # Between our look at the port and the server's someone else may have taken it.
    if [[ -n ${TWIN_PG_PORT:-} ]] || ((attempt == START_ATTEMPTS)) || port_is_free "$port"; then
      tail -n 20 "$log" >&2
      die "the server did not start: $errors (log: $log)"
    fi
  done
}

start() {
  choose_user
  make_reachable "$dev"
  exec 9>"$dev/postgres.lock"
  flock -w "$LOCK_SECONDS" 9 || die "another postgres.sh has held $dev/postgres.lock for $LOCK_SECONDS s"
  # First, so that also a start that fails is cleaned up.
  [[ -z ${TWIN_PG_WATCH_PID:-} ]] || watch
  locate create
  local pid
  if pid=$(running_pid); then
    await "$START_SECONDS"
    [[ -f $bootstrapped && $(bootstrap_sum) == $(<"$bootstrapped") ]] || bootstrap
    say "already running on port $(current_port) (process $pid)"
    return
  fi
  clear_stale
  initialise
  launch
  bootstrap
  say "running on port $port, socket in $socket_dir, data in $data, log in $log"
}

stop() {
  choose_user
  [[ -d $dev ]] || { say "not running"; return; }
  exec 9>"$dev/postgres.lock"
  flock -w "$LOCK_SECONDS" 9 || die "another postgres.sh has held $dev/postgres.lock for $LOCK_SECONDS s"
  locate
  if ! running_pid >/dev/null; then
    say "not running"
    return
  fi
  as_server "$bin_dir/pg_ctl" stop -D "$data" -m fast -w -t "$STOP_SECONDS" -s \
    || as_server "$bin_dir/pg_ctl" stop -D "$data" -m immediate -w -t "$STOP_SECONDS" -s \
    || die "the server did not stop; see $log"
  say "stopped"
}

destroy() {
  stop
  [[ -d ${home:-} ]] || return 0
  rm -rf "$home/data" "$home/data.new" "$home/run" "$home/postgres.log" "$home/postgres.log.old" "$home/initdb.log" \
    "$home/passwords" "$home/bootstrapped" "$dev/postgres.location"
  [[ $socket_dir != /tmp/twin-postgres-* ]] || rm -rf "$socket_dir"
  rmdir "$home" 2>/dev/null || true
  say "deleted $home"
}

await() {
  local tries=$(($1 * 10))
  until [[ -f $data/postmaster.pid ]] && "$bin_dir/pg_isready" -q -U postgres -d postgres -h "$socket_dir" -p "$(current_port)"; do
    ((tries-- > 0)) || die "no answer from the server within $1 s"
    sleep 0.1
  done
}

url() {
  local service=${1:-} role=${2:-} transport=${3:-socket} name password
  running_pid >/dev/null || die "not running; start it with: $0 start"
  local at=${socket_dir//\//%2F} port
  port=$(current_port)
  if [[ $service == admin ]]; then
    echo "postgresql://postgres@/$DATABASE?host=$at&port=$port"
    return
  fi
  service=${service//-/_}
  [[ " ${SERVICES[*]} " == *" $service "* ]] || die "unknown service '$service'; known: ${SERVICES[*]}"
  [[ $role == owner || $role == app ]] || die "the role must be owner or app, not '$role'"
  name=${service}_$role
  case $transport in
    socket) echo "postgresql://$name@/$DATABASE?host=$at&port=$port" ;;
    tcp)
      password=$(sed -n "s/^$name://p" "$passwords")
      echo "postgresql://$name:$password@127.0.0.1:$port/$DATABASE?sslmode=disable"
      ;;
    *) die "the transport must be socket or tcp, not '$transport'" ;;
  esac
}

command=${1:-help}
shift || true
case $command in
  start | stop | destroy)
    find_binaries
    "$command"
    ;;
  status)
    choose_user
    locate
    if pid=$(running_pid); then
      echo "running: process $pid, port $(current_port), socket $socket_dir, data $data"
    else
      echo "not running (data $data)"
      exit 3
    fi
    ;;
  wait)
    find_binaries
    choose_user
    locate
    await "${1:-30}"
    ;;
  url)
    choose_user
    locate
    url "$@"
    ;;
  psql)
    find_binaries
    choose_user
    locate
    running_pid >/dev/null || die "not running; start it with: $0 start"
    as_server "$bin_dir/psql" -h "$socket_dir" -p "$(current_port)" -U postgres -d "$DATABASE" "$@"
    ;;
  *)
    sed -n '2,/^set -/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    [[ $command == help ]] || exit 2
    ;;
esac

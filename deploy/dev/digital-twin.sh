#!/bin/bash
# Runs the whole suite on this machine: a private PostgreSQL and the six services, in the foreground.
#
#   digital-twin.sh up     start all, print where they are, show their logs; Ctrl-C stops all
#   digital-twin.sh down   stop what a run left behind
#
# A service that dies is started again. Environment: TWIN_DEV_DIR (default: .dev in the project), TWIN_BIN_DIR (default:
# .build/release), and every variable that the services themselves read (see `SERVICE --help`).
set -euo pipefail

readonly READY_SECONDS=60 STOP_SECONDS=30 RESTART_SECONDS=1 LOOK_SECONDS=0.1
readonly SERVICES=(results twin-engine state-sync scenario-runner prediction edge)
declare -rA ADMIN_PORT=([state-sync]=9091 [twin-engine]=9092 [scenario-runner]=9093 [prediction]=9094 [results]=9095
  [edge]=9096)
declare -rA COLOUR=([state-sync]=36 [twin-engine]=32 [scenario-runner]=33 [prediction]=35 [results]=34 [edge]=37)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dev=${TWIN_DEV_DIR:-$root/.dev}
bin=${TWIN_BIN_DIR:-$root/.build/release}
run=$dev/run
postgres=$root/deploy/dev/postgres.sh
declare -A pid_of

say() { printf '%s\n' "$*"; }

# Prefixes each line of a service with its name, in colour on a terminal.
label() {
  trap '' INT # Ctrl-C reaches it, too, and the last lines still come.
  local name=$1 start='' end=''
  if [[ -t 1 ]]; then
    start=$(printf '\033[%sm' "${COLOUR[$name]}")
    end=$(printf '\033[0m')
  fi
  sed -u "s/^/$start$(printf '%-15s' "$name")$end | /"
}

# Whether the process is still the one that was noted: numbers are reused, a start time with them isn't.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }
is_ours() { [[ -n $2 && $(started_at "$1") == "$2" ]]; }

start_service() {
  local name=$1
  # What only the scripts read would be a mistake in a service's eyes, as every unknown variable is.
  local environment=(env -u TWIN_DEV_DIR -u TWIN_BIN_DIR -u TWIN_PG_PORT -u TWIN_PG_BIN -u TWIN_PG_WATCH_PID)
  if [[ $name != edge ]]; then
    environment+=("TWIN_DATABASE_URL=$("$postgres" url "${name//-/_}" app)"
      "TWIN_DATABASE_OWNER_URL=$("$postgres" url "${name//-/_}" owner)")
  fi
  if [[ $name == state-sync ]]; then environment+=("TWIN_UPLOADS_FOLDER=$dev/uploads"); fi
  # The terminal's Ctrl-C reaches only this script, which stops the services in order.
  setsid "${environment[@]}" "$bin/$name" > >(label "$name") 2>&1 &
  pid_of[$name]=$!
  disown # The shell has nothing to say about its end; the loop below has.
  echo "$! $(started_at $!)" >"$run/$name.pid"
}

# A child that has ended stays in the table until this shell looks, which it doesn't while it handles a signal.
is_alive() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null && stat=${stat##*) } && [[ ${stat:0:1} != Z ]]
}

stop_pids() {
  local signal_after=$((SECONDS + STOP_SECONDS)) pid
  for pid in "$@"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "$@"; do
    while is_alive "$pid"; do
      if ((SECONDS > signal_after)); then kill -KILL "$pid" 2>/dev/null || true; fi
      sleep "$LOOK_SECONDS"
    done
  done
}

down() {
  local file pid start pids=()
  # The supervisor first, which would start the others again.
  for file in "$run"/supervisor.pid "$run"/*.pid; do
    [[ -e $file ]] || continue
    read -r pid start <"$file" || true
    rm -f "$file"
    if [[ -z $pid || $pid == "$$" ]] || ! is_ours "$pid" "$start"; then continue; fi
    if [[ $file == */supervisor.pid ]]; then stop_pids "$pid"; else pids+=("$pid"); fi
  done
  stop_pids "${pids[@]}"
  "$postgres" stop
}

# The edge first, so that nothing new comes in while the others finish.
stop_all() {
  trap '' INT TERM
  say ''
  say 'stopping'
  stop_pids "${pid_of[edge]:-}"
  stop_pids "${pid_of[@]}"
  rm -f "$run"/*.pid
  "$postgres" stop
  exit "${1:-0}"
}

wait_until_ready() {
  local name deadline=$((SECONDS + READY_SECONDS))
  for name in "${SERVICES[@]}"; do
    until curl -fsS -o /dev/null --max-time 2 "http://127.0.0.1:${ADMIN_PORT[$name]}/readyz" 2>/dev/null; do
      if ((SECONDS > deadline)); then
        say "$name isn't ready after $READY_SECONDS s:"
        curl -sS --max-time 2 "http://127.0.0.1:${ADMIN_PORT[$name]}/readyz" || true
        return 1
      fi
      sleep "$LOOK_SECONDS"
    done
  done
}

up() {
  mkdir -p "$run"
  local name
  for name in "${SERVICES[@]}"; do
    [[ -x $bin/$name ]] || { say "$bin/$name is missing; run: make release" >&2; exit 1; }
    if [[ -e $run/$name.pid ]]; then
      say 'a run was left behind; stopping it'
      down
      break
    fi
  done
  "$postgres" start
  echo "$$ $(started_at $$)" >"$run/supervisor.pid"
  trap stop_all INT TERM
  for name in "${SERVICES[@]}"; do start_service "$name"; done
  if ! wait_until_ready; then stop_all 1; fi
  cat <<TEXT

The digital-twin suite is ready.
  REST, health      http://127.0.0.1:8080 (fleet)  http://127.0.0.1:8090 (infrastructure)
  gRPC, reflection  state-sync 50051  twin-engine 50052  scenario-runner 50053  prediction 50054  results 50055
  metrics, health   http://127.0.0.1:9091 to 9096
  database          $("$postgres" url admin)
Next, in another terminal:
  $bin/twinctl replay us06 --vehicle AV-001 --create sedan --rate 10 --speed-up 10 --duration 60
  $bin/twinctl scenario run emergency_braking --vehicle twin-001 --set initial_speed=60
  curl -s http://127.0.0.1:8080/health
Ctrl-C stops everything.

TEXT
  # Starts again what dies. Looking at each is sure, also when several die at once; `wait -n` would tell of one.
  while true; do
    sleep "$RESTART_SECONDS"
    for name in "${SERVICES[@]}"; do
      if ! is_alive "${pid_of[$name]}"; then
        say "$name has ended; starting it again"
        start_service "$name"
      fi
    done
  done
}

case "${1:-}" in
  up) up ;;
  down) down ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 2 ;;
esac

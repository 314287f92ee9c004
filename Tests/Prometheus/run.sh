#!/bin/bash
# Checks the ready mappings of the prometheus source against a real Prometheus with real exporters, and what they say
# against what the machine and the database say themselves. Takes about a minute and a half.
#
# It needs prometheus, prometheus-node-exporter, prometheus-postgres-exporter, prometheus-nginx-exporter, nginx and a
# PostgreSQL server (packages of Debian and Ubuntu); without them it is skipped. There is no package of
# kube-state-metrics: Prometheus reads kube_state_metrics.txt instead, which is written after its documentation.
#
# Environment: TWIN_BIN_DIR, where the built tests are (.build/debug).
set -euo pipefail

readonly WAIT_SECONDS=120 SCRAPES=65 FIRST_PORT=21000 PORTS=8000
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${TWIN_BIN_DIR:-$root/.build/debug}")
PATH=$PATH:/usr/sbin
for program in prometheus prometheus-node-exporter prometheus-postgres-exporter prometheus-nginx-exporter nginx; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: $program isn't installed (see Tests/Prometheus/run.sh)"
    exit 0
  fi
done
work=$(mktemp -d /tmp/twin-prometheus.XXXXXX)
pids=()
postgres=$root/deploy/dev/postgres.sh
export TWIN_DEV_DIR=$work/dev

clean() {
  ((${#pids[@]} == 0)) || kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  "$postgres" destroy >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
next=$((FIRST_PORT + RANDOM % PORTS))
free_port() {
  until port_is_free "$((++next))"; do :; done
  port=$next
}

start() {
  local name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 &
  pids+=($!)
}

await() {
  local end=$((SECONDS + WAIT_SECONDS)) what=$1
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { echo "gave up waiting: $what" >&2; tail -n 5 "$work"/*.log >&2; exit 1; }
    sleep 0.5
  done
}

for name in node postgres nginx_exporter nginx prometheus; do
  free_port
  declare "${name}_port=$port"
done

"$postgres" start 2>/dev/null
admin=$("$postgres" url admin)
start node prometheus-node-exporter --web.listen-address="127.0.0.1:$node_port"
DATA_SOURCE_NAME=$("$postgres" url state-sync owner tcp)
export DATA_SOURCE_NAME
"$postgres" psql -qc 'GRANT pg_monitor TO state_sync_owner'
start postgres prometheus-postgres-exporter --web.listen-address="127.0.0.1:$postgres_port"
mkdir "$work/nginx"
cp "$root/Tests/Prometheus/kube_state_metrics.txt" "$work/nginx/metrics"
chmod -R a+rX "$work"
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 64; }
http {
  access_log off;
  default_type text/plain;
  server {
    listen 127.0.0.1:$nginx_port;
    root $work/nginx;
    location = /status { stub_status; }
    location = / { return 200 "hello\n"; }
  }
}
CONF
start nginx nginx -e "$work/nginx.log" -c "$work/nginx.conf"
await nginx curl -sf "http://127.0.0.1:$nginx_port/status"
start nginx_exporter prometheus-nginx-exporter -web.listen-address="127.0.0.1:$nginx_exporter_port" \
  -nginx.scrape-uri="http://127.0.0.1:$nginx_port/status"
cat >"$work/prometheus.yml" <<YAML
global: {scrape_interval: 1s}
scrape_configs:
  - {job_name: node, static_configs: [{targets: ['127.0.0.1:$node_port']}]}
  - {job_name: postgres, static_configs: [{targets: ['127.0.0.1:$postgres_port']}]}
  - {job_name: nginx, static_configs: [{targets: ['127.0.0.1:$nginx_exporter_port']}]}
  # Two replicas of it, as where it is to be there always.
  - {job_name: kube-1, honor_labels: true, static_configs: [{targets: ['127.0.0.1:$nginx_port']}]}
  - {job_name: kube-2, honor_labels: true, static_configs: [{targets: ['127.0.0.1:$nginx_port']}]}
YAML
start prometheus prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
  --web.listen-address="127.0.0.1:$prometheus_port"
# Two requests a second, beside those of Prometheus and of the exporter: one of each a second, and two of the replicas.
start load bash -c "while sleep 0.5; do curl -s -o /dev/null http://127.0.0.1:$nginx_port/; done"
# Some transactions.
echo 'SELECT 1 \watch 0.2' >"$work/transactions.sql"
start transactions psql -qAt -f "$work/transactions.sql" "$DATA_SOURCE_NAME"

url=http://127.0.0.1:$prometheus_port
scraped() {
  local count
  count=$(curl -sfG "$url/api/v1/query" --data-urlencode 'query=min(count_over_time(up[10m]))' |
    sed -n 's/.*"value":\[[^,]*,"\([0-9]*\)".*/\1/p')
  ((${count:-0} >= SCRAPES))
}
await "$SCRAPES scrapes of each" scraped
# The tests know variables by their own names alone.
unset TWIN_DEV_DIR
TWIN_PROMETHEUS_URL=$url TWIN_PROMETHEUS_DATABASE=$admin TWIN_PROMETHEUS_PORTS="$node_port $postgres_port $nginx_exporter_port" \
  "$bin/digital-twinPackageTests.xctest" --testing-library swift-testing --filter RealPrometheusTests
export TWIN_DEV_DIR=$work/dev
if [[ -n ${TWIN_PROMETHEUS_RECORD:-} ]]; then
  python3 "$root/Tests/Prometheus/record.py" "$url" "$TWIN_PROMETHEUS_RECORD"
fi

#!/bin/bash
# Checks the kubernetes source and the admission webhook against a real cluster.
#
#   TWIN_KUBECTL="kubectl --context tests" Tests/Kubernetes/run.sh
#
# Environment:
#   TWIN_KUBECTL     kubectl as an administrator of a cluster for tests. Without it everything is skipped.
#   TWIN_KUBE_RUN    what runs a command where the cluster can reach it, such as "kube-node run" (nothing)
#   TWIN_KUBE_EDGE   address at which the API server reaches what runs there (127.0.0.1)
#   TWIN_KUBE_IMAGE  an image with /bin/busybox that the nodes have or can get (busybox:1)
#   TWIN_BIN_DIR     where the built programs and tests are (.build/debug)
#
# It makes and deletes the namespaces twin-shop, twin-other and twin-many, and roles and a webhook with names that begin
# with digital-twin. The suite is started at its usual ports.
set -euo pipefail

# What the services don't know is a mistake in their eyes.
settings=(TWIN_KUBECTL TWIN_KUBE_RUN TWIN_KUBE_EDGE TWIN_KUBE_IMAGE TWIN_BIN_DIR)
for name in "${settings[@]}"; do export -n "${name?}"; done
readonly WAIT_SECONDS=120 MANY=260 PORT=8443
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$root/Tests/Kubernetes
if [[ -z ${TWIN_KUBECTL:-} ]]; then
  echo 'skipped: no cluster was given (TWIN_KUBECTL, see Tests/Kubernetes/run.sh)'
  exit 0
fi
read -ra kubectl <<<"$TWIN_KUBECTL"
read -ra near <<<"${TWIN_KUBE_RUN:-}"
bin=$(realpath "${TWIN_BIN_DIR:-$root/.build/debug}")
edge=${TWIN_KUBE_EDGE:-127.0.0.1}
image=${TWIN_KUBE_IMAGE:-busybox:1}
work=$(mktemp -d /tmp/twin-kube.XXXXXX)
passed=0 failed=0 edge_pid='' suite=''

k() { "${kubectl[@]}" "$@"; }
run_near() { "${near[@]}" "$@"; }
pass() { passed=$((passed + 1)); echo "ok      $1"; }
fail() { failed=$((failed + 1)); echo "FAILED  $1: $2"; }

# await WHAT COMMAND...: repeats it until it succeeds
await() {
  local end=$((SECONDS + WAIT_SECONDS)) what=$1
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { echo "gave up waiting: $what" >&2; return 1; }
    sleep 0.5
  done
}

# says WHAT PATTERN allowed|denied COMMAND...: runs it and compares whether it succeeds and what it says
says() {
  local what=$1 pattern=$2 wanted=$3 said got=allowed
  shift 3
  said=$("$@" 2>&1) || got=denied
  if [[ $got == "$wanted" && $said =~ $pattern ]]; then
    pass "$what"
    echo "          ${said//$'\n'/ }" | cut -c 1-400
  else
    fail "$what" "$got: $said"
  fi
}

# dev COMMAND...: with the folder and the programs of this run
dev() { run_near env TWIN_DEV_DIR="$work/dev" TWIN_BIN_DIR="$bin" "$@"; }

# What runs a command elsewhere may not pass signals on, so the edge itself notes its number.
stop_edge() {
  [[ -z $edge_pid ]] || { run_near kill -TERM "$(<"$work/edge.pid")" && wait "$edge_pid"; } 2>/dev/null || true
  edge_pid=''
}

stop_suite() {
  [[ -z $suite ]] || { dev "$root/deploy/dev/digital-twin.sh" down >/dev/null 2>&1; wait "$suite" 2>/dev/null; } || true
  suite=''
}

clean() {
  stop_edge
  stop_suite
  dev "$root/deploy/dev/postgres.sh" destroy >/dev/null 2>&1 || true
  {
    k delete --ignore-not-found validatingwebhookconfiguration digital-twin
    k delete --ignore-not-found --wait=false namespace twin-shop twin-other twin-many
    k delete --ignore-not-found -f - <"$root/Services/StateSync/kubernetes-role.yaml"
    k get clusterrole,clusterrolebinding -o name | grep /digital-twin- | xargs -r "${kubectl[@]}" delete
  } >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

# token NAME NAMESPACE ACCOUNT: writes a token of a service account
token() {
  mkdir -p "$work/tokens"
  if ! k -n "$2" create token "$3" >"$work/tokens/$1" 2>/dev/null; then
    # Before 1.24 every account has a secret.
    await "a secret of $3" test -n "$(k -n "$2" get serviceaccount "$3" -o jsonpath='{.secrets[0].name}')"
    k -n "$2" get secret "$(k -n "$2" get serviceaccount "$3" -o jsonpath='{.secrets[0].name}')" \
      -o jsonpath='{.data.token}' | base64 -d >"$work/tokens/$1"
  fi
}

# account NAME ROLE_OR_NOTHING: a service account in twin-shop, bound to a cluster role
account() {
  k -n twin-shop create serviceaccount "$1" >/dev/null
  [[ -z ${2:-} ]] || k create clusterrolebinding "digital-twin-$1" --clusterrole="$2" \
    --serviceaccount="twin-shop:$1" >/dev/null
  token "$1" twin-shop "$1"
}

# newest KIND_GROUP VERSION...: the first version of a group that the server serves
newest() {
  local group=$1 version
  shift
  for version in "$@"; do
    if k api-versions | grep -qx "$group/$version"; then echo "$group/$version" && return; fi
  done
  echo "the server serves none of $group: $*" >&2
  return 1
}

echo "== objects ($(k version --short 2>/dev/null | tail -n 1 || k version | tail -n 1))"
hpa=$(newest autoscaling v2 v2beta2)
pdb=$(newest policy v1 v1beta1)
sed -e "s,HPA_VERSION,$hpa,; s,PDB_VERSION,$pdb,; s,IMAGE,$image," "$here/objects.yaml" | k apply -f - >/dev/null
k apply -f - <"$root/Services/StateSync/kubernetes-role.yaml" >/dev/null
k create namespace twin-many >/dev/null
for ((i = 0; i < MANY; i++)); do
  printf -- '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: many-%03d, namespace: twin-many}\n' "$i"
  printf 'spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, '
  printf 'spec: {containers: [{name: a, image: %s}]}}}\n' "$image"
done | k apply -f - >/dev/null
token digital-twin kube-system digital-twin
account viewer view
account nobody
lists=(deployments.apps limitranges horizontalpodautoscalers.autoscaling poddisruptionbudgets.policy nodes)
for without in "${lists[@]:1}"; do
  rest=$(printf '%s\n' "${lists[@]}" | grep -vx "$without" | paste -sd,)
  k create clusterrole "digital-twin-no-${without%%.*}" --verb=list --resource="$rest" >/dev/null
  account "no-${without%%.*}" "digital-twin-no-${without%%.*}"
done
echo wrong >"$work/tokens/wrong"
await 'web is available' k -n twin-shop wait --for=condition=Available --timeout=1s deployment/web
await 'all of web is there' bash -c \
  "[[ \$($TWIN_KUBECTL -n twin-shop get deployment web -o jsonpath='{.status.availableReplicas}') == 3 ]]"
await 'api is available' k -n twin-other wait --for=condition=Available --timeout=1s deployment/api
await 'the budget is counted' bash -c \
  "[[ \$($TWIN_KUBECTL -n twin-shop get pdb web -o jsonpath='{.status.disruptionsAllowed}') == 1 ]]"
server=$(k config view --raw --minify -o jsonpath='{.clusters[0].cluster.server}')
k config view --raw --minify -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$work/ca.crt"

echo '== the source'
said=$(k auth can-i list secrets -A --as=system:serviceaccount:kube-system:digital-twin 2>&1 || true)
if [[ $said == no* ]]; then pass 'the role reads no secrets'; else fail 'the role reads no secrets' "$said"; fi
if run_near env TWIN_KUBE_URL="$server" TWIN_KUBE_CA_FILE="$work/ca.crt" TWIN_KUBE_TOKENS="$work/tokens" \
  TWIN_KUBE_EMPTY_SELECTS_ALL="$([[ $pdb == policy/v1 ]] && echo 1 || echo 0)" \
  "$bin/digital-twinPackageTests.xctest" --testing-library swift-testing --filter RealClusterTests >"$work/tests.log" 2>&1
then
  pass "connector: $(grep -E 'Test run with' "$work/tests.log")"
else
  fail connector "$(grep -E 'recorded an issue|error|Test run with' "$work/tests.log")"
fi

echo '== the webhook'
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=twin \
  -addext "subjectAltName=$([[ $edge =~ ^[0-9.]+$ ]] && echo IP || echo DNS):$edge" \
  -keyout "$work/tls.key" -out "$work/tls.crt" 2>/dev/null
listen=(TWIN_ADMISSION_HOST=0.0.0.0 "TWIN_ADMISSION_PORT=$PORT" "TWIN_ADMISSION_TLS_CERTIFICATE_FILE=$work/tls.crt"
  "TWIN_ADMISSION_TLS_KEY_FILE=$work/tls.key")

# webhook Fail|Ignore: asks the edge about what happens in twin-shop
webhook() {
  k apply -f - >/dev/null <<YAML
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: digital-twin}
webhooks:
  - name: changes.digital-twin.local
    admissionReviewVersions: [v1]
    # A dry run leaves nothing behind.
    sideEffects: NoneOnDryRun
    failurePolicy: $1
    timeoutSeconds: 10
    namespaceSelector: {matchLabels: {twin-admission: "on"}}
    clientConfig:
      url: https://$edge:$PORT/api/v1/admission/review/cluster
      caBundle: $(base64 -w 0 <"$work/tls.crt")
    rules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE, DELETE], resources: [deployments, deployments/scale]}
      - {apiGroups: [networking.k8s.io], apiVersions: [v1], operations: [CREATE, UPDATE, DELETE], resources: [networkpolicies]}
YAML
}

rest() { run_near curl -sS --max-time 60 -X "$1" "http://127.0.0.1:8090$2" -H 'Content-Type: application/json' -d "$3"; }
scale() { k -n twin-shop scale deployment web --replicas="$1"; }
label() { k -n twin-shop label --overwrite deployment web "try=$1"; }
# Whatever is asked of it, the webhook must be the newest one that the server knows.
settled() { await 'the server asks the webhook' bash -c "! $TWIN_KUBECTL -n twin-shop scale deployment web --replicas=0 --dry-run=server"; }

# The suite's settings are those of one service where only that one knows them, so the edge gets its own by file.
mkdir -p "$work/dev" "$work/bin"
for name in results twin-engine state-sync scenario-runner prediction; do ln -s "$bin/$name" "$work/bin/$name"; done
printf '#!/bin/bash\nexec env %s %q "$@"\n' "$(printf '%q ' "${listen[@]}")" "$bin/edge" >"$work/bin/edge"
chmod +x "$work/bin/edge"
run_near env TWIN_DEV_DIR="$work/dev" TWIN_BIN_DIR="$work/bin" "$root/deploy/dev/digital-twin.sh" up >"$work/suite.log" 2>&1 &
suite=$!
await 'the suite answers' rest GET /health '' || { tail -n 20 "$work/suite.log"; exit 1; }
await 'the suite is whole' bash -c "grep -q 'suite is ready' '$work/suite.log'" || { tail -n 20 "$work/suite.log"; exit 1; }
source="{\"name\":\"api\",\"kind\":\"kubernetes\",\"config\":{\"url\":\"$server\",\"token_file\":\"$work/tokens/digital-twin\",\"ca_file\":\"$work/ca.crt\"}}"
made=$(rest POST /api/v1/environments "{\"id\":\"cluster\",\"kind\":\"production\",\"sources\":[$source]}")
[[ $made == *required_role* ]] && pass 'an environment with the cluster as its source' || fail environment "$made"
# What no API server knows: the load, and what a request costs.
state='{"peak_rps":40,"cpu_demand_ms":10,"cores":1,"slo_p99_ms":500,"pod_start_seconds":2,"zones":1}'
known=$(rest POST /api/v1/environments/sync "{\"environment_id\":\"cluster\",\"targets\":{\"twin-shop/web\":{\"kind\":\"service\",\"state\":$state}}}")
synced=$(rest POST /api/v1/environments/sync '{"environment_id":"cluster"}')
[[ $synced == *'"ok":true'* ]] && pass 'a sync by REST' || fail 'a sync by REST' "$known $synced"

k label namespace twin-shop twin-admission=on >/dev/null
webhook Fail
settled
says 'removing all instances is denied with the issues' 'risk score [0-9]+ .*: [A-Z_]+: ' denied scale 0
says 'one instance more is allowed' 'scaled' allowed scale 4
says 'a label is allowed' 'labeled' allowed label 1
says 'all at once and without a probe is denied' 'risk score [0-9]+ .*DOWNTIME' denied \
  k -n twin-shop patch deployment web --type=json \
  -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"},{"op":"replace","path":"/spec/strategy","value":{"type":"Recreate"}}]'
says 'deleting the deployment is denied' 'risk score' denied k -n twin-shop delete deployment web
says 'a policy that shuts everything out is denied' 'risk score|not judged' denied \
  k -n twin-shop patch networkpolicy closed --type=json -p '[{"op":"replace","path":"/spec/ingress","value":[]}]'
audit=$(rest GET '/api/v1/audit?environment=cluster&page_size=50' '')
[[ $audit == *change.checked* && $audit == *'twin-shop/web'* ]] && pass 'every decision is in the audit' || fail audit "$audit"

echo '== without the suite'
stop_suite
says 'nobody there, failurePolicy Fail' 'failed calling webhook' denied scale 3
webhook Ignore
await 'the server knows the new policy' label 2
says 'nobody there, failurePolicy Ignore' 'scaled' allowed scale 3
webhook Fail
await 'the server knows the new policy' bash -c "! $TWIN_KUBECTL -n twin-shop label --overwrite deployment web try=3 --dry-run=server"
for open in false true; do
  # shellcheck disable=SC2016  # expanded by the inner shell
  run_near env "${listen[@]}" TWIN_ADMISSION_FAIL_OPEN=$open \
    bash -c 'echo $$ >"$1"; exec "$2"' bash "$work/edge.pid" "$bin/edge" >"$work/edge.log" 2>&1 &
  edge_pid=$!
  await 'the edge listens' bash -c "grep -q 'answering Kubernetes' '$work/edge.log'"
  if [[ $open == false ]]; then
    says 'nobody judges, fail-closed' 'not judged, so denied' denied scale 2
  else
    says 'nobody judges, fail-open' 'not judged' allowed scale 2
  fi
  stop_edge
done

echo "$passed passed, $failed failed"
((failed == 0))

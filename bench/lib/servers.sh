# shellcheck shell=bash disable=SC2154
# Starts and stops the servers. Each has its own port; each except the origin is pinned to the servers' core.

page_limit=40
work=
# The cores of each server, and the workers or IO threads that it has.
server_cores=${BENCH_SERVER_CORE:-}
workers=1
declare -A pids=() ports=()

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Prints name=host:port,pid, which describes a server to the Python scripts.
address() {
  echo "$1=127.0.0.1:${ports[$1]},${pids[${1%-*}]}"
}

render() {
  local user=
  [[ $EUID != 0 ]] || user='user root;'
  sed -e "s|@work@|$work|g" -e "s|@user@|$user|" -e "s|@port@|${2:-}|" -e "s|@origin@|${ports[origin]:-}|" \
    -e "s|@workers@|${workers:-1}|" -e "s|@http2@|${ports[nginx-h2]:-}|" -e "s|@tls@|${ports[nginx-tls]:-}|" -e "s|@gzip@|${3:-off}|" -e "s|@limit@|$page_limit|" "$bench/conf/$1" >"$work/$1"
}

# launch <name> <core> <port> <command...>
launch() {
  local name=$1 core=$2 port=$3
  shift 3
  taskset -c "$core" "$@" >"$work/$name.log" 2>&1 &
  pids[$name]=$!
  ports[$name]=$port
  await "$name" "$port"
}

await() {
  local tries=0
  until (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; do
    if ! kill -0 "${pids[$1]}" 2>/dev/null || ((++tries > 600)); then
      tail -n 20 "$work/$1.log" >&2
      die "$1 did not start"
    fi
    sleep 0.1
  done
}

# start_origin [on]: with on, it sends compressed files to those who accept them.
start_origin() {
  local port
  port=$(free_port)
  mkdir -p "$work/origin"
  python3 "$bench/lib/data.py" "$work/origin" "$page_limit"
  render origin.conf "$port" "${1:-off}"
  launch origin "$BENCH_LOAD_CORE" "$port" nginx -c "$work/origin.conf" -e "$work/origin.err"
}

make_certificate() {
  [[ -f $work/tls.pem ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 \
    -subj /CN=localhost -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
}

# Prints the arguments of a gateway that uses TLS.
tls() {
  echo "--server.ssl.certificate=$work/tls.pem --server.ssl.certificate-private-key=$work/tls.key"
}

# start_nginx [name [off]]: with off, it does not wait until a packet is full, which is faster for some large bodies.
start_nginx() {
  local name=${1:-nginx} port
  port=$(free_port)
  ports[nginx-h2]=$(free_port)
  ports[nginx-tls]=$(free_port)
  make_certificate
  rm -rf "$work/$name-cache"
  render nginx.conf "$port"
  sed -e "s|@name@|$name|" -e "s|@nopush@|${2:-on}|" "$work/nginx.conf" >"$work/$name.rendered"
  launch "$name" "$server_cores" "$port" nginx -c "$work/$name.rendered" -e "$work/$name.err"
}

start_redis() {
  local port
  port=$(free_port)
  launch redis "$server_cores" "$port" redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no \
    --dir "$work"
}

# Varnish cannot turn its log off. Without these tags a request writes almost nothing to it, like nginx without a log.
unlogged=(ReqStart ReqMethod ReqURL ReqProtocol ReqHeader ReqUnset ReqAcct RespProtocol RespStatus RespReason RespHeader
  RespUnset Timestamp VCL_call VCL_return Debug)

start_varnish() {
  local port
  port=$(free_port)
  render varnish.vcl
  rm -rf "$work/varnish"
  mkdir "$work/varnish"
  launch varnish "$BENCH_SERVER_CORE" "$port" varnishd -F -j none -n "$work/varnish" -f "$work/varnish.vcl" \
    -a "127.0.0.1:$port" -T none -t 600 -s malloc,256m -p thread_pools=1 -p thread_pool_min=100 -p thread_pool_max=200 \
    -p vsl_mask="$(printf -- ',-%s' "${unlogged[@]}" | cut -c2-)"
}

# Both JVMs have the same flags. The interval of leak detection is that of the image.
java_flags() {
  echo "${JAVA_FLAGS--Xms512m -Xmx512m -Dreactor.netty.ioWorkerCount=$workers -Dio.netty.leakDetection.samplingInterval=4096 --enable-native-access=ALL-UNNAMED}"
}

start_scg() {
  local port
  port=$(free_port)
  # shellcheck disable=SC2046
  launch scg "$BENCH_SERVER_CORE" "$port" "$java" $(java_flags) -jar "$scg_jar" \
    --bench.origin="http://127.0.0.1:${ports[origin]}" --server.address=127.0.0.1 --server.port="$port"
}

# Prints the arguments that say who may call: one team, or everybody.
team() {
  if [[ $BENCH_OPEN == yes ]]; then
    echo --gateway.access.open=true
    return
  fi
  echo "--gateway.access.teams[0].name=bench --gateway.access.teams[0].requests-per-minute=1000000000" \
    "--gateway.access.teams[0].token-sha256=$(printf %s "$BENCH_TOKEN" | sha256sum | cut -d' ' -f1)"
}

# Writes a file of so many teams with the tokens bench-1, bench-2, …, and prints the argument that names it.
teams_file() {
  python3 "$bench/lib/teams.py" "$1" >"$work/teams-$1.yaml"
  echo "--gateway.access.teams-file=$work/teams-$1.yaml"
}

# Prints the arguments of a gateway that calls the origin on the given port and the management port. Most origins have no
# status endpoint; for one that has it, state_share is the part of the calls that may be spent on it.
gateway_arguments() {
  echo "--gateway.upstream.base-url=http://127.0.0.1:${ports[origin]}" --gateway.upstream.api-key=bench \
    --gateway.budget.plan=custom --gateway.budget.per-minute=1000000000 --gateway.state.max-share="${state_share:-0}" \
    --server.address=127.0.0.1 "--server.port=$1" \
    --management.server.address=127.0.0.1 "--management.server.port=${ports[management]}" \
    --gateway.access-log.enabled=false
}

# Short timeouts and small limits for a faulty upstream.
impatience=(
  --gateway.upstream.connect-timeout=500ms --gateway.upstream.response-timeout=2s --gateway.upstream.max-size=4MB
  --gateway.downloads.connect-timeout=500ms --gateway.downloads.response-timeout=2s --gateway.downloads.timeout=3s
  --gateway.downloads.max-size=4MB --gateway.downloads.allow-insecure=true --gateway.downloads.allowed-hosts=127.0.0.1
)

# start_gateway <name> [JVM flag or argument...]
start_gateway() {
  local name=$1 port flags=() arguments=()
  shift
  while (($#)); do
    if [[ $1 == --* ]]; then arguments+=("$1"); else flags+=("$1"); fi
    shift
  done
  port=$(free_port)
  ports[management]=$(free_port)
  # shellcheck disable=SC2046,SC2086
  launch "$name" "$server_cores" "$port" "$java" $(java_flags) "${flags[@]}" "${gateway_main[@]}" \
    $(gateway_arguments "$port") \
    $([[ ${arguments[*]} == *.teams-file=* ]] || team) \
    $([[ ${arguments[*]} == *.ttl=* ]] || echo --gateway.risk.ttl=1h --gateway.heatmap.ttl=1h) \
    "${arguments[@]}" ${GATEWAY_ARGS:-}
  await "$name" "${ports[management]}"
}

# Runs a section in the background, so that a signal to this script ends it at once.
measure() {
  local section=$1
  shift
  python3 "$bench/lib/$section.py" "$@" &
  pids[section]=$!
  wait "${pids[section]}"
  unset "pids[section]"
}

stop() {
  local pid=${pids[$1]} tries=0
  unset "pids[$1]"
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null && ((++tries < 100)); do sleep 0.1; done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

stop_servers() {
  local name
  for name in "${!pids[@]}"; do
    [[ $name == origin ]] || stop "$name"
  done
}

stop_all() {
  local name
  for name in "${!pids[@]}"; do stop "$name"; done
  [[ -z $work ]] || rm -rf "$work"
}

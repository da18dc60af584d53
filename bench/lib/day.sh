# shellcheck shell=bash disable=SC2154
# Starts the servers of a day that passes in minutes.

state_share=0.05
seconds=$((minutes * 60))
speed=$(python3 -c "print(86400 / $seconds)")
# Five minutes of the day, which is the gateway's default, in the whole seconds that nginx has.
ttl=$(python3 -c "print(max(1, round(300 / $speed)))")
# Two seconds, after which the upstream ends calls that hang, by the clock of the day, or the longest time that the gateway
# accepts. Its breakers measure calls with that clock.
patience=$(python3 -c "print(min(600, round(2 * $speed)))")

# replay <configuration>
replay() {
  local kind=${1#3-} names servers=() redis=- name
  kind=${kind%s}
  names=("$kind")
  [[ $1 != 3-* ]] || names+=("${kind}2" "${kind}3")
  start_upstream
  [[ $kind == nginx ]] || make_clock
  if [[ $1 == 3-gateways ]]; then
    start_redis
    redis=$(address redis)
  fi
  for name in "${names[@]}"; do
    if [[ $kind == nginx ]]; then start_cache "$name"; else start_fast_gateway "$name" "$redis"; fi
    servers+=("$(address "$name")")
  done
  measure day "${1/-/ }" "$work/results" "$seconds" "$rate" "$seed" "$(address origin)" "$redis" "${servers[@]}"
  stop_servers
  stop origin
}

start_upstream() {
  local port
  port=$(free_port)
  begin=$(date +%s.%N)
  launch origin "$BENCH_LOAD_CORE" "$port" python3 "$bench/lib/day_upstream.py" "$port" "$seed" "$speed" "$begin"
}

start_cache() {
  local port
  port=$(free_port)
  render day.conf "$port"
  sed -i -e "s|@name@|$1|" -e "s|@ttl@|$ttl|" "$work/day.conf"
  mv "$work/day.conf" "$work/$1.conf"
  launch "$1" "$server_cores" "$port" nginx -c "$work/$1.conf" -e "$work/$1.err"
}

make_clock() {
  rm -rf "$work/clock"
  mkdir "$work/clock"
  python3 "$bench/lib/fast_clock.py" "$javac" "$gateway_jar" "$work/clock" "$speed" "$begin"
}

# start_fast_gateway <name> <redis or ->: all lifetimes are the defaults, because its clock runs as fast as the upstream's.
start_fast_gateway() {
  local shared=()
  [[ $2 == - ]] || shared=(--gateway.shared.enabled=true --spring.data.redis.host=127.0.0.1
    --spring.data.redis.port="${ports[redis]}")
  gateway_main=(-Dbench.speed="$speed" -Dbench.begin="$begin" -Dloader.path="$work/clock" -cp "$gateway_jar"
    org.springframework.boot.loader.launch.PropertiesLauncher --spring.main.sources=FastClock)
  start_gateway "$1" --gateway.risk.ttl=5m --gateway.heatmap.ttl=5m "--gateway.upstream.response-timeout=${patience}s" \
    "--gateway.downloads.response-timeout=${patience}s" "--gateway.downloads.timeout=${patience}s" \
    --gateway.downloads.allow-insecure=true --gateway.downloads.allowed-hosts=127.0.0.1 "${shared[@]}"
}

#!/usr/bin/env bash
# Prints date, machine and versions of a measurement: machine.sh <java> <JVM flags>
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

parent() { sed -n '/<parent>/,/<\/parent>/s:.*<version>\(.*\)</version>.*:\1:p' "$1"; }

commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[[ -z $(git status --porcelain 2>/dev/null) ]] || commit+=' with changes'
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
scg=$(sed -n 's:.*<spring-cloud-gateway.version>\(.*\)</.*:\1:p' bench/scg/pom.xml)
system=$(. /etc/os-release && echo "$PRETTY_NAME")
cat <<END
## Benchmark of $(date -u +%F)

| | |
|---|---|
| commit | $commit |
| machine | ${cpu:-$(uname -m)}, $(nproc --all) cores, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo), load $(cut -d' ' -f1 /proc/loadavg) before |
| system | $system, Linux $(uname -r) |
| Java | $("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.vm.version = //p'), \`$2\` |
| gateway | Spring Boot $(parent pom.xml)${GATEWAY_ARGS:+, \`$GATEWAY_ARGS\`} |
| Spring Cloud Gateway | $scg with Spring Boot $(parent bench/scg/pom.xml) |
| peers | $(nginx -v 2>&1 | sed 's:.*/:nginx :'), $(varnishd -V 2>&1 | sed -n '1s/.*(\(varnish\)-\([^ ]*\).*/Varnish \2/p') |
| load | $({ wrk -v 2>&1 || true; } | sed -n '1s/ \[.*//p'), ${BENCH_ROUNDS} rounds of ${BENCH_DURATION} s, JVMs warmed up for ${BENCH_WARM_UP} s per case |
END

# shellcheck shell=bash disable=SC2034,SC2154
# Finds the tools that the benchmark needs, and says how to install missing ones.

# check_tools <command=package...>: checks these tools, and Java, Maven, Python and taskset.
check_tools() {
  local missing=() tool
  java=$(find_java) || missing+=("Java 25: \`sdk env install\` with SDKMAN, or the package openjdk-25-jdk; JAVA_HOME may point to it")
  [[ $build == no ]] || mvn=$(find_maven) || missing+=("mvn: apt-get install maven")
  for tool in "$@" python3=python3 taskset=util-linux; do need "${tool%=*}" "${tool#*=}"; done
  if ((${#missing[@]})); then
    say "missing:"
    printf '  %s\n' "${missing[@]}" >&2
    exit 1
  fi
  [[ $BENCH_SERVER_CORE != "$BENCH_LOAD_CORE" ]] || die "the server and the load need different cores: see --server-core and --load-core"
  local core
  for core in "$BENCH_SERVER_CORE" "$BENCH_LOAD_CORE"; do
    taskset -c "$core" true 2>/dev/null || die "core $core does not exist: the benchmark needs two cores, see --server-core and --load-core"
  done
}

need() {
  command -v "$1" >/dev/null || missing+=("$1: apt-get install $2")
}

# Debian installs servers in folders that are only on root's path.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

find_java() {
  local candidate
  for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java)" ~/.sdkman/candidates/java/*/bin/java \
    /usr/lib/jvm/*/bin/java; do
    if [[ -x $candidate ]] && (($(java_version "$candidate") >= 25)); then
      echo "$candidate"
      return
    fi
  done
  return 1
}

java_version() {
  "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p' | grep . || echo 0
}

jcmd_of() {
  local jcmd
  jcmd=$(dirname "$(readlink -f "$1")")/jcmd
  [[ ! -x $jcmd ]] || echo "$jcmd"
}

find_maven() {
  command -v mvn || { [[ -x $project/mvnw ]] && echo "$project/mvnw"; }
}

build_gateway() {
  say "building the gateway"
  "$mvn" -q -f "$project/pom.xml" package -DskipTests >&2
}

find_gateway() {
  local jars=("$project"/target/hypertracker-gateway-*.jar)
  gateway_jar=${jars[0]}
  ((${#jars[@]} == 1)) || die "more than one jar of the gateway in target: run mvn clean"
  [[ -f $gateway_jar ]] || die "no jar of the gateway: run without --skip-build"
  gateway_main=(-jar "$gateway_jar")
}

build_peer() {
  say "building the Spring Cloud Gateway peer"
  "$mvn" -q -f "$bench/scg/pom.xml" package >&2
}

find_peer() {
  scg_jar=$bench/scg/target/bench-scg.jar
  [[ -f $scg_jar ]] || die "no jar of the peer: run without --skip-build"
}

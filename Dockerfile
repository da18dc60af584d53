# The base images: a JDK 25 that builds, and a JRE 25 that runs. MAVEN is the command that builds;
# the wrapper fetches its Maven itself.
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
ARG MAVEN=./mvnw
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# Without unzip the wrapper would fetch an archive that its checksum is not of.
RUN [ "${MAVEN}" != ./mvnw ] || command -v unzip > /dev/null || \
    { apt-get update && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*; }
COPY src/main src/main
RUN ${MAVEN} package -Dmaven.test.skip=true
COPY docker/Training.java docker/
RUN ["javac", "-d", "training", "docker/Training.java"]
RUN java -Djarmode=tools -jar target/hypertracker-gateway-*.jar extract --layers --application-filename gateway.jar --destination layers

FROM ${RUN_IMAGE} AS runtime
ENV MALLOC_ARENA_MAX=1 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=30 \
-XX:MaxDirectMemorySize=72m \
-XX:ReservedCodeCacheSize=64m \
-XX:+UseG1GC \
-XX:InitialRAMPercentage=12 \
-XX:NewSize=24m \
-XX:-G1UseAdaptiveIHOP \
-XX:InitiatingHeapOccupancyPercent=80 \
-XX:MinHeapFreeRatio=10 \
-XX:MaxHeapFreeRatio=25 \
-XX:G1PeriodicGCInterval=30000 \
-XX:TrimNativeHeapInterval=30000 \
-XX:+UseCompactObjectHeaders \
-XX:+ExitOnOutOfMemoryError \
-Dio.netty.maxDirectMemory=67108864 \
-Dio.netty.leakDetection.samplingInterval=4096 \
--enable-native-access=ALL-UNNAMED \
--sun-misc-unsafe-memory-access=allow"
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY docker/application.yaml ./

# The gateway before a simulated HyperTracker, as mvn spring-boot:test-run runs it: docker build --target demo.
FROM build AS simulator
ARG MAVEN=./mvnw
COPY src/test/java/io/htgateway/SimulatedGatewayApplication.java simulator/java/
COPY src/test/java/io/htgateway/simulator simulator/java/simulator
COPY src/test/resources/samples simulator/classes/samples
COPY src/test/resources/simulator simulator/classes/simulator
RUN ${MAVEN} -q dependency:copy-dependencies -DincludeArtifactIds=wiremock-standalone -DoutputDirectory=simulator/lib
RUN javac -d simulator/classes -cp "layers/application/gateway.jar:layers/dependencies/lib/*:simulator/lib/*" \
    $(find simulator/java -name '*.java' ! -name '*Tests.java')

FROM runtime AS demo
COPY --from=simulator /build/simulator/classes simulator/classes
COPY --from=simulator /build/simulator/lib simulator/lib
USER 10001:10001
EXPOSE 8080 8081
ENTRYPOINT ["java", "-cp", "gateway.jar:simulator/classes:simulator/lib/*", "io.htgateway.SimulatedGatewayApplication"]

# The same files and flags as at run time, or the cache would not be used.
FROM runtime AS training
COPY --from=build /build/training /training
RUN ["java", "-XX:TieredStopAtLevel=1", "-cp", "/training", "Training", "/training/gateway.aot", "/app/gateway.jar"]

FROM runtime
COPY --from=training /training/gateway.aot ./
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="hypertracker-gateway" \
      org.opencontainers.image.description="A caching gateway for HyperTracker's liquidation data: one API key, many teams" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
USER 10001:10001
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:AOTCache=/app/gateway.aot", "-jar", "/app/gateway.jar"]

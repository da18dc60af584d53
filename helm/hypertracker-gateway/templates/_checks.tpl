{{/* Refuses values that are valid alone but contradict each other. */}}
{{- define "gateway.checks" -}}
{{- with .Values -}}
{{- if and (not .apiKey.value) (not .apiKey.existingSecret) -}}
{{- fail "apiKey.existingSecret (or apiKey.value) is required: the HyperTracker API key" -}}
{{- end -}}
{{- if and .apiKey.value .apiKey.existingSecret -}}
{{- fail "apiKey.value and apiKey.existingSecret exclude each other" -}}
{{- end -}}
{{- if and .teams.values .teams.existingSecret -}}
{{- fail "teams.values and teams.existingSecret exclude each other" -}}
{{- end -}}
{{- if and .redis.password .redis.existingSecret -}}
{{- fail "redis.password and redis.existingSecret exclude each other" -}}
{{- end -}}
{{- if and .redis.enabled (not .redis.host) (not .redis.properties) -}}
{{- fail "redis.enabled needs redis.host, or redis.properties with cluster or sentinel" -}}
{{- end -}}
{{- if and (not .redis.enabled) (or .redis.host .redis.properties .redis.existingSecret .redis.password) -}}
{{- fail "redis.enabled is false, but redis has connection settings: set it to true, or remove them" -}}
{{- end -}}
{{- if and .ingress.enabled .httpRoute.enabled -}}
{{- fail "ingress.enabled and httpRoute.enabled exclude each other" -}}
{{- end -}}
{{- if and .ingress.enabled (not .ingress.hosts) -}}
{{- fail "ingress.enabled needs host names in ingress.hosts" -}}
{{- end -}}
{{- if and .httpRoute.enabled (not .httpRoute.parentRefs) -}}
{{- fail "httpRoute.enabled needs a Gateway in httpRoute.parentRefs" -}}
{{- end -}}
{{- $balanced := or .ingress.enabled .httpRoute.enabled -}}
{{- if and $balanced .networkPolicy.enabled (not .networkPolicy.clientNamespaces) (not .networkPolicy.extraIngress) -}}
{{- fail "networkPolicy.clientNamespaces needs the namespace of the ingress controller or Gateway" -}}
{{- end -}}
{{- if and .kubernetesIssuer.enabled .networkPolicy.enabled (not .networkPolicy.apiServerPeers) (not .networkPolicy.extraEgress) -}}
{{- fail "kubernetesIssuer.enabled needs networkPolicy.apiServerPeers: the addresses that kubectl get endpointslices -n default shows for the API server, such as [{ipBlock: {cidr: 192.0.2.10/32}}]" -}}
{{- end -}}
{{- if and (ne .service.type "ClusterIP") .networkPolicy.enabled (not .networkPolicy.extraIngress) -}}
{{- fail (printf "service.type %s needs a rule in networkPolicy.extraIngress with the addresses of the callers (ipBlock, port http)" .service.type) -}}
{{- end -}}
{{- end -}}
{{ include "gateway.checkImage" . }}
{{ include "gateway.checkBounds" . }}
{{ include "gateway.checkAccess" . }}
{{ include "gateway.checkTeams" . }}
{{ include "gateway.checkMemory" . }}
{{ include "gateway.checkReplicas" . }}
{{ include "gateway.checkConfig" . }}
{{- end -}}

{{- define "gateway.checkReplicas" -}}
{{- with .Values -}}
{{- if and (eq (int .strategy.maxSurge) 0) (eq (int .strategy.maxUnavailable) 0) -}}
{{- fail "strategy.maxSurge and strategy.maxUnavailable cannot both be 0: no pod could ever be replaced" -}}
{{- end -}}
{{- if gt (int .autoscaling.minReplicas) (int .autoscaling.maxReplicas) -}}
{{- fail "autoscaling.minReplicas is greater than autoscaling.maxReplicas" -}}
{{- end -}}
{{- if and .budget.existingClaim (or .autoscaling.enabled (gt (int .replicaCount) 1)) -}}
{{- fail "budget.existingClaim is for a single gateway: set replicaCount to 1 and autoscaling.enabled to false" -}}
{{- end -}}
{{- if and .history.location .history.existingClaim -}}
{{- fail "history.location and history.existingClaim exclude each other" -}}
{{- end -}}
{{- if and .history.location (not (hasPrefix "s3://" .history.location)) -}}
{{- fail "history.location must be a bucket, such as s3://bucket/prefix; for a folder use history.existingClaim" -}}
{{- end -}}
{{- if and (.gateway | default dict).history (not .history.location) (not .history.existingClaim) -}}
{{- fail "gateway.history has no effect while the history is off: set history.location or history.existingClaim" -}}
{{- end -}}
{{- if and .cache.existingClaim (not .cache.enabled) -}}
{{- fail "cache.existingClaim has no effect while cache.enabled is false: set it to true, or remove the claim" -}}
{{- end -}}
{{- if and .cache.existingClaim .redis.enabled -}}
{{- fail "cache.existingClaim has no effect with redis.enabled, because Redis stores the responses: remove the claim" -}}
{{- end -}}
{{- if and .cache.existingClaim (or .autoscaling.enabled (gt (int .replicaCount) 1)) -}}
{{- fail "cache.existingClaim is for a single gateway, because each needs a directory of its own: set replicaCount to 1 and autoscaling.enabled to false, or share responses with redis.enabled" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "gateway.checkConfig" -}}
{{- range $key, $_ := .Values.config -}}
{{- if or (eq $key "gateway") (hasPrefix "gateway." $key) -}}
{{- fail "config.gateway is not allowed: move its properties to gateway, where they are validated" -}}
{{- end -}}
{{- if contains "." $key -}}
{{- fail (printf "config has the key %s: write it as nested keys" $key) -}}
{{- end -}}
{{- end -}}
{{- if or (dig "server" "port" "" .Values.config) (dig "management" "server" "port" "" .Values.config) -}}
{{- fail "config cannot change the ports of the container, 8080 and 8081: service.port sets the port of the Service" -}}
{{- end -}}
{{- if or (dig "server" "address" "" .Values.config) (dig "management" "server" "address" "" .Values.config) -}}
{{- fail "config cannot change server.address or management.server.address: probes and Services connect to the address of the pod; restrict access with networkPolicy" -}}
{{- end -}}
{{- if not (has (dig "server" "forward-headers-strategy" "none" .Values.config | toString | lower) (list "none" "")) -}}
{{- fail "config cannot change server.forward-headers-strategy: list the proxies whose X-Forwarded-For is trusted in gateway.access.trusted-proxies" -}}
{{- end -}}
{{- if or (dig "spring" "webflux" "base-path" "" .Values.config) (dig "server" "servlet" "context-path" "" .Values.config) -}}
{{- fail "config cannot change the paths of the gateway: configure the ingress to strip a prefix (docs/deployment.md)" -}}
{{- end -}}
{{- $base := dig "management" "server" "base-path" "" .Values.config -}}
{{- if or $base (dig "management" "endpoints" "web" "base-path" "" .Values.config) -}}
{{- fail "config cannot change management.server.base-path or management.endpoints.web.base-path: probes and Prometheus use paths below /actuator" -}}
{{- end -}}
{{- $management := dig "management" "server" "ssl" dict .Values.config -}}
{{- if and (or $management (dig "server" "ssl" "" .Values.config)) (ne (dig "enabled" "" $management | toString) "false") -}}
{{- fail "config.server.ssl also applies to the management port, but probes use plain HTTP: set config.management.server.ssl.enabled to false" -}}
{{- end -}}
{{- end -}}

{{- define "gateway.checkImage" -}}
{{- with .Values.image -}}
{{- if or (contains "@" .repository) (contains ":" (last (splitList "/" .repository))) -}}
{{- fail (printf "image.repository is %s and contains a tag or digest: set image.tag or image.digest instead" .repository) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if has .name (list "HYPERTRACKER_API_KEY" "GATEWAY_UPSTREAM_APIKEY" "GATEWAY_UPSTREAM_API_KEY" "GATEWAY_UPSTREAM_APIKEYFILE" "GATEWAY_UPSTREAM_API_KEY_FILE") -}}
{{- fail (printf "extraEnv contains %s, but the key is read from a file: set apiKey.existingSecret to the Secret that contains it" .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Returns the bytes of a Kubernetes quantity (512Mi, 1G) or of a size of the gateway (40MB, 1GB). */}}
{{- define "gateway.bytes" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9.]+([eE][+-]?[0-9]+)?" $text -}}
{{- $unit := trimPrefix $number $text -}}
{{- $factors := dict "" 1 "B" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "KB" 1024 "MB" 1048576 "GB" 1073741824 "TB" 1099511627776 -}}
{{- mulf (float64 $number) (get $factors $unit | default 1 | float64) | int64 -}}
{{- end -}}

{{/*
Checks that heap, stored bodies and code fit the limit. The flags of the image give the heap 30 % of the limit, and 72 MB to stored bodies;
classes and compiled code take about 130 MB. Without the image's JAVA_TOOL_OPTIONS the JVM uses its own defaults: a quarter for the heap, and as
much for stored bodies. A check is skipped if other flags set its limit, or if only the cluster knows the value (valueFrom).
*/}}
{{- define "gateway.checkMemory" -}}
{{- $limit := dig "limits" "memory" "" (.Values.resources | default dict) -}}
{{- $options := "" -}}
{{- $replaced := false -}}
{{- range .Values.extraEnv -}}
{{- if has .name (list "JDK_JAVA_OPTIONS" "JAVA_TOOL_OPTIONS" "_JAVA_OPTIONS") -}}
{{- $options = printf "%s %s" $options (ternary "-Xmx -XX:MaxDirectMemorySize -Dio.netty.maxDirectMemory" (get . "value" | toString) (hasKey . "valueFrom")) -}}
{{- if eq .name "JAVA_TOOL_OPTIONS" }}{{ $replaced = true }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $heapIsSet := regexMatch "-Xmx|MaxRAMPercentage|MaxHeapSize" $options -}}
{{- $cacheIsSet := or $replaced (contains "MaxDirectMemorySize" $options) -}}
{{- $cache := div (include "gateway.bytes" (include "gateway.property" (dict "gateway" (.Values.gateway | default dict) "name" "cache.max-size") | default "40MB") | int64) 1048576 -}}
{{- $stored := div (mul $cache 5) 4 -}}
{{- if and (gt $stored 72) (not $cacheIsSet) -}}
{{- fail (printf "gateway.cache.max-size is %d MB, and %d MB with finished responses, but the image has 72 MB for both: raise -XX:MaxDirectMemorySize too, with JDK_JAVA_OPTIONS in extraEnv (docs/deployment.md)" $cache $stored) -}}
{{- end -}}
{{- $bodies := dict -}}
{{- range $name := list "upstream.max-size" "downloads.max-size" -}}
{{- $size := include "gateway.property" (dict "gateway" ($.Values.gateway | default dict) "name" $name) | default "32MB" -}}
{{- $_ := set $bodies $name (div (include "gateway.bytes" $size | int64) 1048576) -}}
{{- end -}}
{{- range $name, $endpoint := dig "endpoints" dict (.Values.gateway | default dict) -}}
{{- with get $endpoint "max-size" -}}
{{- $_ := set $bodies (printf "endpoints.%s.max-size" $name) (div (include "gateway.bytes" . | int64) 1048576) -}}
{{- end -}}
{{- end -}}
{{- if and $limit (not $heapIsSet) -}}
{{- $memory := div (include "gateway.bytes" $limit | int64) 1048576 -}}
{{- $percent := ternary 25 30 $replaced -}}
{{- $heap := div (mul $memory $percent) 100 -}}
{{- if gt (add $heap $stored 130) $memory -}}
{{- fail (printf "resources.limits.memory is %d MiB, less than the heap (%d %%, %d MiB), gateway.cache.max-size with finished responses (%d MiB) and classes and compiled code (130 MiB) need together: %d MiB" $memory $percent $heap $stored (add $heap $stored 130)) -}}
{{- end -}}
{{- range $name, $size := $bodies -}}
{{- $third := div $heap 3 -}}
{{- if gt $size (max 32 $third) -}}
{{- fail (printf "gateway.%s is %d MB: a body of that size takes %d MB of the heap while it is read (twice its size), which is %d MB with the third of the heap for everything else (%d MB), and the heap has %d MB (%d %% of resources.limits.memory): set it to %dMB or less, or raise the limit" $name $size (mul 2 $size) (add (mul 2 $size) $third) $third $heap $percent (max 32 $third)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if not (or $replaced (contains "io.netty.maxDirectMemory" $options)) -}}
{{- range $name, $size := $bodies -}}
{{- if gt $size 64 -}}
{{- fail (printf "gateway.%s is %d MB, but Netty's buffers, through which a body arrives, have 64 MB in the image: lower it, or raise -Dio.netty.maxDirectMemory with JDK_JAVA_OPTIONS in extraEnv" $name $size) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

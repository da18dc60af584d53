{{/* Returns true if a single gateway must end before the next one starts, because it uses the whole plan or the volume. */}}
{{- define "gateway.recreated" -}}
{{- $single := and (eq (int .Values.replicaCount) 1) (not .Values.autoscaling.enabled) -}}
{{- if or .Values.budget.existingClaim (and $single (not .Values.redis.enabled)) -}}true{{- end -}}
{{- end -}}

{{/* Returns true if stored responses are in a directory: Redis would store them instead. */}}
{{- define "gateway.hasDirectory" -}}
{{- if and .Values.cache.enabled (not .Values.redis.enabled) -}}true{{- end -}}
{{- end -}}

{{/*
Returns the highest number of gateways that share the plan at the same time. A rolling update does not count pods that are ending: without
Redis, which counts their calls, all old ones may still run beside all new ones.
*/}}
{{- define "gateway.sharers" -}}
{{- $replicas := ternary .Values.autoscaling.maxReplicas .Values.replicaCount .Values.autoscaling.enabled | int -}}
{{- $most := add $replicas (int .Values.strategy.maxSurge) -}}
{{- if include "gateway.recreated" . -}}
1
{{- else if .Values.redis.enabled -}}
{{- $most -}}
{{- else -}}
{{- max $most (mul 2 $replicas) -}}
{{- end -}}
{{- end -}}

{{/* Returns application.yaml: the values, overridden by the properties that the chart sets itself. */}}
{{- define "gateway.config" -}}
{{- $secrets := "/run/secrets/hypertracker-gateway" -}}
{{- $own := dict
  "upstream" (dict "api-key-file" (printf "%s/key/api-key" $secrets))
  "budget" (dict "replicas" (include "gateway.sharers" . | int) "state-file" "/var/lib/hypertracker-gateway/spend")
  "drain" (dict "delay" (printf "%ds" (int .Values.shutdown.closeSeconds)))
-}}
{{- if .Values.stateWebhook.existingSecret -}}
{{- $_ := set $own "state" (dict "webhook" (dict "secret-file" (printf "%s/webhook/secret" $secrets))) -}}
{{- end -}}
{{- if include "gateway.hasDirectory" . -}}
{{- $_ := set $own "cache" (dict "directory" "/var/cache/hypertracker-gateway") -}}
{{- end -}}
{{- if .Values.history.location -}}
{{- $_ := set $own "history" (dict "enabled" true "location" .Values.history.location) -}}
{{- else if .Values.history.existingClaim -}}
{{- $_ := set $own "history" (dict "enabled" true "location" "/var/lib/hypertracker-gateway-history") -}}
{{- end -}}
{{- $access := dict -}}
{{- if include "gateway.hasTeamsFile" . -}}
{{- $_ := set $access "teams-file" (printf "%s/teams/teams.yaml" $secrets) -}}
{{- end -}}
{{- with .Values.kubernetesIssuer -}}
{{- if .enabled -}}
{{- $_ := set $access "jwt" (dict "issuer-uri" .issuer "jwk-set-uri" .jwkSetUri "audience" .audience
  "ca-file" (printf "%s/issuer/ca.crt" $secrets) "token-file" (printf "%s/issuer/token" $secrets)) -}}
{{- end -}}
{{- end -}}
{{- if $access -}}
{{- $_ := set $own "access" $access -}}
{{- end -}}
{{- $spring := dict "lifecycle" (dict "timeout-per-shutdown-phase" (printf "%ds" (int .Values.shutdown.drainSeconds))) -}}
{{- if .Values.redis.enabled -}}
{{- $_ := set $own "shared" (dict "enabled" true "prefix" .Values.redis.prefix) -}}
{{- $_ := set $spring "data" (dict "redis" (include "gateway.redis" . | fromYaml)) -}}
{{- end -}}
{{- if include "gateway.hasRedisPassword" . -}}
{{- $others := dig "spring" "config" "import" list .Values.config -}}
{{- if not (kindIs "slice" $others) -}}{{- $others = list $others -}}{{- end -}}
{{- $_ := set $spring "config" (dict "import" (append $others (printf "configtree:%s/redis/" $secrets))) -}}
{{- end -}}
{{- $gateway := mergeOverwrite (deepCopy (.Values.gateway | default dict)) $own -}}
{{- $all := mergeOverwrite (deepCopy .Values.config) (dict "spring" $spring "gateway" $gateway) -}}
{{- toYaml (mergeOverwrite $all (include "gateway.tracing" . | fromYaml)) -}}
{{- end -}}

{{- define "gateway.tracing" -}}
{{- with .Values.tracing.endpoint -}}
management:
  opentelemetry:
    tracing:
      export:
        otlp:
          endpoint: {{ . | quote }}
  tracing:
    sampling:
      probability: {{ $.Values.tracing.probability }}
{{- end -}}
{{- end -}}

{{- define "gateway.collectorPort" -}}
{{- $url := urlParse .Values.tracing.endpoint -}}
{{- $port := regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) -}}
{{- $port | default (ternary "443" "80" (eq $url.scheme "https")) -}}
{{- end -}}

{{- define "gateway.redis" -}}
{{- $redis := deepCopy .Values.redis.properties -}}
{{- with .Values.redis.host -}}
{{- $_ := set $redis "host" . -}}
{{- $_ := set $redis "port" ($.Values.redis.port | int) -}}
{{- end -}}
{{- if .Values.redis.tls -}}
{{- $_ := set $redis "ssl" (mergeOverwrite (dict "enabled" true) (dig "ssl" dict $redis)) -}}
{{- end -}}
{{- with .Values.redis.username -}}
{{- $_ := set $redis "username" . -}}
{{- end -}}
{{- toYaml $redis -}}
{{- end -}}

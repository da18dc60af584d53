{{/* Gateways that share the plan at the same time: all that there can be while one version replaces another. */}}
{{- define "gateway.sharers" -}}
{{- $replicas := .Values.replicaCount -}}
{{- if .Values.autoscaling.enabled -}}
{{- $replicas = .Values.autoscaling.maxReplicas -}}
{{- end -}}
{{- add (int $replicas) (int .Values.strategy.maxSurge) -}}
{{- end -}}

{{/* application.yaml: what the values say, and over it what the chart itself decides. */}}
{{- define "gateway.config" -}}
{{- $secrets := "/run/secrets/hypertracker-gateway" -}}
{{- $own := dict
  "upstream" (dict "api-key-file" (printf "%s/key/api-key" $secrets))
  "budget" (dict "replicas" (include "gateway.sharers" . | int) "state-file" "/var/lib/hypertracker-gateway/spend")
  "drain" (dict "delay" (printf "%ds" (int .Values.shutdown.closeSeconds)))
-}}
{{- if include "gateway.hasTeamsFile" . -}}
{{- $_ := set $own "teams-file" (printf "%s/teams/teams.yaml" $secrets) -}}
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
{{- $gateway := mergeOverwrite (deepCopy .Values.gateway) $own -}}
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

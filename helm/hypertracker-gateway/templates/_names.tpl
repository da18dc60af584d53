{{- define "gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "gateway.fullname" -}}
{{- $name := include "gateway.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "gateway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ .Chart.Name }}
{{ include "gateway.instance" . }}
{{- end -}}

{{- define "gateway.instance" -}}
app.kubernetes.io/name: {{ include "gateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Labels that select only the gateways, not the pod of helm test or other objects of the release. */}}
{{- define "gateway.selector" -}}
{{ include "gateway.instance" . }}
app.kubernetes.io/component: gateway
{{- end -}}

{{- define "gateway.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "gateway.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "gateway.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* Returns true if requests need a token: a team's, or a JWT. */}}
{{- define "gateway.needsToken" -}}
{{- if or (include "gateway.hasTeamsFile" .) (include "gateway.acceptsJwts" .) -}}true{{- end -}}
{{- end -}}

{{- define "gateway.acceptsJwts" -}}
{{- if or .Values.kubernetesIssuer.enabled (include "gateway.property" (dict "gateway" (.Values.gateway | default dict) "name" "access.jwt")) -}}true{{- end -}}
{{- end -}}

{{- define "gateway.hasTeamsFile" -}}
{{- if or .Values.teams.values .Values.teams.existingSecret -}}true{{- end -}}
{{- end -}}

{{- define "gateway.hasRedisPassword" -}}
{{- if and .Values.redis.enabled (or .Values.redis.password .Values.redis.existingSecret) -}}true{{- end -}}
{{- end -}}

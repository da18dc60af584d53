{{- define "gateway.container" -}}
image: {{ include "gateway.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
env:
  - name: SPRING_CONFIG_ADDITIONAL_LOCATION
    value: file:/etc/hypertracker-gateway/
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
ports:
  - name: http
    containerPort: 8080
  - name: management
    containerPort: 8081
startupProbe:
  httpGet:
    path: /actuator/health/readiness
    port: management
  periodSeconds: 1
  timeoutSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet:
    path: /actuator/health/liveness
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /actuator/health/readiness
    port: management
  periodSeconds: 5
  timeoutSeconds: 2
  failureThreshold: 2
{{- if .Values.shutdown.delaySeconds }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .Values.shutdown.delaySeconds }}
{{- end }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /etc/hypertracker-gateway
    readOnly: true
  - name: secrets
    mountPath: /run/secrets/hypertracker-gateway
    readOnly: true
  - name: state
    mountPath: /var/lib/hypertracker-gateway
  {{- if .Values.history.existingClaim }}
  - name: history
    mountPath: /var/lib/hypertracker-gateway-history
  {{- end }}
  {{- if include "gateway.hasDirectory" . }}
  - name: cache
    mountPath: /var/cache/hypertracker-gateway
  {{- end }}
  - name: tmp
    mountPath: /tmp
{{- end -}}

{{- define "gateway.volumes" -}}
- name: config
  configMap:
    name: {{ include "gateway.fullname" . }}
# Mounted as a folder: Kubernetes never updates files that are mounted singly.
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      - secret:
          name: {{ .Values.apiKey.existingSecret | default (include "gateway.fullname" .) }}
          items:
            - key: {{ ternary .Values.apiKey.key "api-key" (not (empty .Values.apiKey.existingSecret)) }}
              path: key/api-key
      {{- if include "gateway.hasTeamsFile" . }}
      - secret:
          name: {{ .Values.teams.existingSecret | default (include "gateway.fullname" .) }}
          items:
            - key: {{ ternary .Values.teams.key "teams.yaml" (not (empty .Values.teams.existingSecret)) }}
              path: teams/teams.yaml
      {{- end }}
      {{- with .Values.kubernetesIssuer }}
      {{- if .enabled }}
      - serviceAccountToken:
          path: issuer/token
          expirationSeconds: {{ int .tokenExpirationSeconds }}
          {{- with .tokenAudience }}
          audience: {{ . | quote }}
          {{- end }}
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: issuer/ca.crt
      {{- end }}
      {{- end }}
      {{- with .Values.stateWebhook.existingSecret }}
      - secret:
          name: {{ . }}
          items:
            - key: {{ $.Values.stateWebhook.key }}
              path: webhook/secret
      {{- end }}
      {{- if include "gateway.hasRedisPassword" . }}
      - secret:
          name: {{ .Values.redis.existingSecret | default (include "gateway.fullname" .) }}
          items:
            - key: {{ ternary .Values.redis.key "redis-password" (not (empty .Values.redis.existingSecret)) }}
              path: redis/spring.data.redis.password
      {{- end }}
- name: state
  {{- if .Values.budget.existingClaim }}
  persistentVolumeClaim:
    claimName: {{ .Values.budget.existingClaim }}
  {{- else }}
  emptyDir:
    sizeLimit: 1Mi
  {{- end }}
{{- with .Values.history.existingClaim }}
- name: history
  persistentVolumeClaim:
    claimName: {{ . }}
{{- end }}
{{- if include "gateway.hasDirectory" . }}
- name: cache
  {{- if .Values.cache.existingClaim }}
  persistentVolumeClaim:
    claimName: {{ .Values.cache.existingClaim }}
  {{- else }}
  # Kubernetes evicts a pod that exceeds the limit: twice the maximum, and a body that is being written.
  emptyDir:
    {{- $size := include "gateway.property" (dict "gateway" (.Values.gateway | default dict) "name" "cache.directory-max-size") | default "256MB" }}
    sizeLimit: {{ add (mul 2 (div (include "gateway.bytes" $size | int64) 1048576)) 64 }}Mi
  {{- end }}
{{- end }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.tmpSize }}
{{- end -}}

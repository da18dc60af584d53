{{- define "gateway.pod" -}}
serviceAccountName: {{ include "gateway.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- $history := ternary 15 0 (not (empty (or .Values.history.location .Values.history.existingClaim))) }}
{{- with .Values.shutdown }}
# The last 15 seconds are for tasks that end after the requests, such as sending the remaining spans. With the history, 15 more are for its last snapshots.
terminationGracePeriodSeconds: {{ add (int .delaySeconds) (int .closeSeconds) (int .drainSeconds) 15 $history }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: {{ $.Values.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "gateway.selector" $ | nindent 8 }}
    matchLabelKeys:
      - pod-template-hash
  {{- end }}
{{- end }}
containers:
  - name: gateway
    {{- include "gateway.container" . | nindent 4 }}
volumes:
  {{- include "gateway.volumes" . | nindent 2 }}
{{- end -}}

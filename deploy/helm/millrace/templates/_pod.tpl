{{- define "millrace.pod" -}}
{{- $v := .root.Values -}}
{{- $service := index $v .name -}}
metadata:
  labels:
    {{- include "millrace.selector" . | nindent 4 }}
    app.kubernetes.io/part-of: millrace
    {{- with $v.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    {{- if $v.metrics.annotations }}
    prometheus.io/scrape: "true"
    prometheus.io/port: "8090"
    prometheus.io/path: /q/metrics
    {{- end }}
    checksum/config: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
    checksum/secret: {{ include (print .root.Template.BasePath "/secret.yaml") .root | sha256sum }}
    {{- with $v.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "millrace.serviceAccount" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $v.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ int $service.terminationGracePeriodSeconds }}
  securityContext:
    {{- include "millrace.podSecurity" .root | nindent 4 }}
  containers:
    - {{- include "millrace.container" . | nindent 6 }}
  volumes:
    {{- include "millrace.volumes" . | nindent 4 }}
  {{- with $service.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $service.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $service.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $v.topologySpreadKeys }}
  topologySpreadConstraints:
    {{- range . }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "millrace.selector" $ | nindent 10 }}
    {{- end }}
  {{- end }}
{{- end -}}

{{- define "millrace.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ int64 .Values.runAsUser }}
runAsGroup: {{ int64 .Values.runAsUser }}
fsGroup: {{ int64 .Values.runAsUser }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "millrace.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "millrace.container" -}}
{{- $v := .root.Values -}}
{{- $service := index $v .name -}}
name: {{ .name }}
image: {{ include "millrace.image" . | quote }}
imagePullPolicy: {{ $v.image.pullPolicy }}
ports:
  {{- if include "millrace.api" . }}
  - name: http
    containerPort: 8080
  {{- end }}
  - name: management
    containerPort: 8090
env:
  {{- include "millrace.env" . | nindent 2 }}
securityContext:
  {{- include "millrace.containerSecurity" . | nindent 2 }}
{{- include "millrace.probes" $service }}
{{- if include "millrace.api" . }}
lifecycle:
  preStop:
    exec:
      # Endpoints learn of a leaving pod later than the pod itself: until then it goes on answering.
      command: ["sleep", "5"]
{{- end }}
resources:
  {{- include "millrace.resources" . | nindent 2 }}
volumeMounts:
  {{- include "millrace.mounts" . | nindent 2 }}
{{- end -}}

{{/* The start-up probe asks for life only: an encoder is live, and rightly not ready, until a first version is published. */}}
{{- define "millrace.probes" }}
startupProbe:
  httpGet: {path: /q/health/live, port: management}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div (int .startupSeconds) 2 }}
livenessProbe:
  httpGet: {path: /q/health/live, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /q/health/ready, port: management}
  periodSeconds: 3
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}

{{- define "millrace.resources" -}}
{{- $service := index .root.Values .name -}}
{{- $resources := deepCopy $service.resources -}}
{{- if include "millrace.gpu" . -}}
{{- $resources = merge $resources (dict "limits" (dict $service.gpu.resource 1)) -}}
{{- end -}}
{{ toYaml $resources }}
{{- end -}}

{{/* Not empty for those that are called: they have a port for that. Health and metrics are on the management port, everybody's. */}}
{{- define "millrace.api" -}}
{{- if or (eq .name "ingestion") (eq .name "encoder") -}}true{{- end -}}
{{- end -}}

{{/* Not empty for those that load versions from the bucket and so run a model. */}}
{{- define "millrace.bucket" -}}
{{- if or (eq .name "trainer") (eq .name "encoder") -}}true{{- end -}}
{{- end -}}

{{- define "millrace.mounts" -}}
{{- $v := .root.Values -}}
- name: tmp
  mountPath: /tmp
{{- if include "millrace.bucket" . }}
- name: cache
  mountPath: /var/cache/millrace
{{- end }}
{{- if $v.kafka.properties }}
- name: kafka
  mountPath: /etc/millrace/kafka
  readOnly: true
{{- end }}
{{- if include "millrace.hasKafkaSecret" .root }}
- name: kafka-secret
  mountPath: /etc/millrace/kafka-secret
  readOnly: true
{{- end }}
{{- if and (eq .name "trainer") $v.trainer.baseModel.existingClaim }}
- name: base-model
  mountPath: {{ $v.trainer.baseModel.path | quote }}
  readOnly: true
{{- end }}
{{- end -}}

{{- define "millrace.volumes" -}}
{{- $v := .root.Values -}}
{{- $service := index $v .name -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ $service.tmpSize }}
{{- if include "millrace.bucket" . }}
- name: cache
  emptyDir:
    sizeLimit: {{ $service.cacheSize }}
{{- end }}
{{- if $v.kafka.properties }}
- name: kafka
  configMap:
    name: {{ include "millrace.kafkaConfig" .root }}
{{- end }}
{{- if include "millrace.hasKafkaSecret" .root }}
- name: kafka-secret
  secret:
    secretName: {{ include "millrace.kafkaSecret" .root }}
    items:
      - key: kafka.properties
        path: kafka.properties
{{- end }}
{{- if and (eq .name "trainer") $v.trainer.baseModel.existingClaim }}
- name: base-model
  persistentVolumeClaim:
    claimName: {{ $v.trainer.baseModel.existingClaim }}
    readOnly: true
{{- end }}
{{- end -}}

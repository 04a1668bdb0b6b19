{{- define "millrace.env" -}}
{{- $v := .root.Values -}}
{{- $service := index $v .name -}}
- name: QUARKUS_HTTP_HOST
  value: "0.0.0.0"
- name: QUARKUS_HTTP_PORT
  value: "8080"
{{- if or (eq .name "ingestion") (eq .name "encoder") }}
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ printf "%ds" (int $v.drainSeconds) | quote }}
{{- end }}
{{- with $service.javaOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
- name: MILLRACE_HTTP_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ include "millrace.httpSecret" .root }}
      key: token
{{ include "millrace.env.kafka" . }}
{{- if or (eq .name "trainer") (eq .name "encoder") }}
{{ include "millrace.env.s3" . }}
{{ include "millrace.env.native" . }}
{{- end }}
{{- if eq .name "attribution" }}
- name: MILLRACE_ATTRIBUTION_STATE_DIR
  value: /var/cache/millrace/state
{{- end }}
{{- range $key, $value := $service.config }}
- name: {{ printf "MILLRACE_%s_%s" $.name $key | upper | replace "-" "_" | replace "." "_" }}
  value: {{ include "millrace.scalar" $value | quote }}
{{- end }}
{{- with $service.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "millrace.env.kafka" -}}
{{- $kafka := .root.Values.kafka -}}
- name: MILLRACE_KAFKA_BOOTSTRAP_SERVERS
  value: {{ $kafka.bootstrapServers | quote }}
{{- with $kafka.topicPrefix }}
- name: MILLRACE_KAFKA_TOPIC_PREFIX
  value: {{ . | quote }}
{{- end }}
{{- $locations := list }}
{{- if $kafka.properties }}{{ $locations = append $locations "/etc/millrace/kafka/kafka.properties" }}{{ end }}
{{- if include "millrace.hasKafkaSecret" .root }}{{ $locations = append $locations "/etc/millrace/kafka-secret/kafka.properties" }}{{ end }}
{{- with $locations }}
- name: QUARKUS_CONFIG_LOCATIONS
  value: {{ join "," . | quote }}
{{- end }}
{{- end -}}

{{- define "millrace.env.s3" -}}
{{- $s3 := .root.Values.s3 -}}
- name: MILLRACE_S3_ENDPOINT
  value: {{ $s3.endpoint | quote }}
- name: MILLRACE_S3_REGION
  value: {{ $s3.region | quote }}
- name: MILLRACE_S3_BUCKET
  value: {{ $s3.bucket | quote }}
{{- with $s3.prefix }}
- name: MILLRACE_S3_PREFIX
  value: {{ . | quote }}
{{- end }}
- name: MILLRACE_S3_ACCESS_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "millrace.s3Secret" .root }}
      key: access-key
- name: MILLRACE_S3_SECRET_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "millrace.s3Secret" .root }}
      key: secret-key
{{- end -}}

{{/* libtorch and the tokenizer unpack their libraries at the first start: into the cache volume, since the root is read-only. */}}
{{- define "millrace.env.native" -}}
- name: DJL_CACHE_DIR
  value: /var/cache/millrace/djl
{{- if eq .name "encoder" }}
- name: MILLRACE_ENCODER_CACHE_DIR
  value: /var/cache/millrace/versions
{{- else }}
- name: MILLRACE_TRAINER_WORK_DIR
  value: /var/cache/millrace/work
{{- with .root.Values.trainer.baseModel.path }}
- name: MILLRACE_TRAINER_BASE_MODEL
  value: {{ . | quote }}
{{- end }}
{{- if .root.Values.trainer.gpu.enabled }}
- name: MILLRACE_TRAINER_DEVICE
  value: "cuda:0"
- name: NVIDIA_DRIVER_CAPABILITIES
  value: compute,utility
{{- end }}
{{- end }}
{{- end -}}

{{/* Helm reads every number as a float and would write 1000000 as 1e+06. */}}
{{- define "millrace.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ int64 . }}{{- else -}}{{ toString . }}{{- end -}}
{{- end -}}

{{- define "millrace.hasKafkaSecret" -}}
{{- if or .Values.kafka.existingSecret .Values.kafka.secretProperties -}}true{{- end -}}
{{- end -}}

{{/* A Java properties file: one line for each property, backslashes and line ends escaped. */}}
{{- define "millrace.kafkaProperties" -}}
{{- range $key, $value := . }}
millrace.kafka.properties."{{ $key }}"={{ include "millrace.scalar" $value | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end -}}

{{- define "millrace.env" -}}
{{- $v := .root.Values -}}
{{- $service := index $v .name -}}
- name: QUARKUS_MANAGEMENT_HOST
  value: "0.0.0.0"
- name: QUARKUS_MANAGEMENT_PORT
  value: "8090"
{{- if include "millrace.api" . }}
- name: QUARKUS_HTTP_HOST
  value: "0.0.0.0"
- name: QUARKUS_HTTP_PORT
  value: "8080"
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ printf "%ds" (int $v.drainSeconds) | quote }}
{{- end }}
{{- with $service.javaOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{ include "millrace.env.tokens" . }}
{{- with include "millrace.processors" $service }}
- name: JAVA_TOOL_OPTIONS
  value: {{ printf "-XX:ActiveProcessorCount=%s" . | quote }}
{{- end }}
{{ include "millrace.env.kafka" . }}
{{- if include "millrace.bucket" . }}
{{ include "millrace.env.s3" . }}
{{ include "millrace.env.native" . }}
{{- end }}
{{- $maps := dict .name $service.config }}
{{- if eq .name "trainer" }}
- name: MILLRACE_TRAINER_GROUP
  value: {{ include "millrace.trainerGroup" .root | quote }}
{{- $maps = dict "trainer" $service.config "learning" $service.learning "gate" $service.gate "round" $service.round }}
{{- end }}
{{- range $prefix, $map := $maps }}
{{- range $key, $value := $map }}
- name: {{ printf "MILLRACE_%s_%s" $prefix $key | upper | replace "-" "_" | replace "." "_" }}
  value: {{ include "millrace.scalar" $value | quote }}
{{- end }}
{{- end }}
{{- with $service.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Which of the keys a Secret has, only the cluster knows; a service that is given none refuses to start. */}}
{{- define "millrace.env.tokens" -}}
{{- $secret := include "millrace.httpSecret" .root -}}
{{- $role := get (dict "ingestion" "producer" "encoder" "reader") .name -}}
- name: MILLRACE_HTTP_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: token
      optional: true
{{- range compact (list $role "admin") }}
- name: {{ printf "MILLRACE_HTTP_TOKENS_%s" (upper .) }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ . }}
      optional: true
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
{{- with include "millrace.kafkaFiles" .root }}
- name: QUARKUS_CONFIG_LOCATIONS
  value: {{ . | quote }}
{{- end }}
{{- if or (eq .name "trainer") (eq .name "attribution") }}
# A container that starts again in its pod gets its partitions back at once, and no other member has to give up its own.
- name: MILLRACE_KAFKA_PROPERTIES__GROUP_INSTANCE_ID_
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}
{{- end -}}

{{/* Where client properties are mounted: public ones, then secret ones. */}}
{{- define "millrace.kafkaFiles" -}}
{{- $files := list -}}
{{- if .Values.kafka.properties }}{{ $files = append $files "/etc/millrace/kafka/kafka.properties" }}{{ end -}}
{{- if include "millrace.hasKafkaSecret" . }}{{ $files = append $files "/etc/millrace/kafka-secret/kafka.properties" }}{{ end -}}
{{- join "," $files -}}
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
{{- end }}
{{- if include "millrace.gpu" . }}
- name: {{ printf "MILLRACE_%s_DEVICE" (upper .name) }}
  value: "cuda:0"
- name: NVIDIA_DRIVER_CAPABILITIES
  value: compute,utility
{{- end }}
{{- end -}}

{{/*
Without a limit the JVM sees every processor of the node and starts as many threads: then the request says how many are meant, rounded up.
Java options that name a count of their own win, as they come later.
*/}}
{{- define "millrace.processors" -}}
{{- $resources := default dict .resources -}}
{{- $request := dig "requests" "cpu" "" $resources | toString -}}
{{- if and $request (not (dig "limits" "cpu" "" $resources | toString)) -}}
{{- if hasSuffix "m" $request -}}
{{- divf (trimSuffix "m" $request | float64) 1000 | ceil | int | max 1 -}}
{{- else -}}
{{- float64 $request | ceil | int | max 1 -}}
{{- end -}}
{{- end -}}
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

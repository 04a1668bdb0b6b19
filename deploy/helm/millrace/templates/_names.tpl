{{- define "millrace.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The partial templates below take (dict "root" $ "name" "<service>"). */}}
{{- define "millrace.name" -}}
{{- printf "%s-%s" (include "millrace.fullname" .root) .name -}}
{{- end -}}

{{- define "millrace.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "millrace.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{ include "millrace.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: millrace
{{- end -}}

{{- define "millrace.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "millrace.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Not empty where the service runs on a GPU. */}}
{{- define "millrace.gpu" -}}
{{- if dig "gpu" "enabled" false (default dict (get .root.Values .name)) -}}true{{- end -}}
{{- end -}}

{{/* Installations that share a broker differ by prefix, so their groups do too. */}}
{{- define "millrace.trainerGroup" -}}
{{- default (printf "%smillrace-trainer" .Values.kafka.topicPrefix) .Values.trainer.consumerGroup -}}
{{- end -}}

{{- define "millrace.image" -}}
{{- $image := .root.Values.image -}}
{{- $tag := default .root.Chart.AppVersion $image.tag -}}
{{- if include "millrace.gpu" . -}}
{{- $tag = printf "%s-gpu" $tag -}}
{{- end -}}
{{- if $image.registry }}{{ $image.registry }}/{{ end }}{{ $image.repository }}/{{ .name }}:{{ $tag }}{{ with get $image.digests .name }}@{{ . }}{{ end }}
{{- end -}}

{{- define "millrace.secret" -}}
{{- printf "%s-secrets" (include "millrace.fullname" .) -}}
{{- end -}}

{{- define "millrace.httpSecret" -}}
{{- default (include "millrace.secret" .) .Values.http.existingSecret -}}
{{- end -}}

{{- define "millrace.s3Secret" -}}
{{- default (include "millrace.secret" .) .Values.s3.existingSecret -}}
{{- end -}}

{{- define "millrace.kafkaSecret" -}}
{{- default (include "millrace.secret" .) .Values.kafka.existingSecret -}}
{{- end -}}

{{- define "millrace.kafkaConfig" -}}
{{- printf "%s-kafka" (include "millrace.fullname" .) -}}
{{- end -}}

{{/* The ports of the given Kafka and S3, and those their brokers and nodes are known by besides. */}}
{{- define "millrace.egressPorts" -}}
{{- $ports := list -}}
{{- range splitList "," .Values.kafka.bootstrapServers -}}
{{- $ports = append $ports (splitList ":" . | last) -}}
{{- end -}}
{{- $s3 := urlParse .Values.s3.endpoint -}}
{{- if contains ":" $s3.host -}}
{{- $ports = append $ports (splitList ":" $s3.host | last) -}}
{{- else -}}
{{- $ports = append $ports (ternary "443" "80" (eq $s3.scheme "https")) -}}
{{- end -}}
{{- range .Values.networkPolicy.extraEgressPorts -}}
{{- $ports = append $ports (int . | toString) -}}
{{- end -}}
{{- $ports | uniq | join "," -}}
{{- end -}}

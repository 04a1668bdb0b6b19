{{/* What one JSON schema cannot say: which values need each other, and which must be given at all. */}}
{{- define "millrace.checks" -}}
{{- $v := .Values -}}
{{- if not $v.kafka.bootstrapServers -}}
{{- fail "kafka.bootstrapServers is required: host:port of the given Kafka, comma separated" -}}
{{- end -}}
{{- if not $v.s3.endpoint -}}
{{- fail "s3.endpoint is required: the http(s) address of the given S3 server" -}}
{{- end -}}
{{- if not (or $v.s3.existingSecret (and $v.s3.accessKey $v.s3.secretKey)) -}}
{{- fail "s3 credentials are required: s3.existingSecret (keys access-key, secret-key) or s3.accessKey and s3.secretKey" -}}
{{- end -}}
{{- if and $v.s3.existingSecret (or $v.s3.accessKey $v.s3.secretKey) -}}
{{- fail "s3.existingSecret and s3.accessKey / s3.secretKey exclude each other" -}}
{{- end -}}
{{- $tokens := $v.http.tokens -}}
{{- if not (or $v.http.existingSecret $v.http.token (and $tokens.producer $tokens.reader $tokens.admin)) -}}
{{- fail "http.token is required: in pods the services listen beyond loopback and refuse to start without it; give http.existingSecret (key token, or producer, reader and admin), http.token, or all three of http.tokens" -}}
{{- end -}}
{{- if and $v.http.existingSecret (or $v.http.token $tokens.producer $tokens.reader $tokens.admin) -}}
{{- fail "http.existingSecret and http.token / http.tokens exclude each other" -}}
{{- end -}}
{{- if and $v.kafka.existingSecret $v.kafka.secretProperties -}}
{{- fail "kafka.existingSecret and kafka.secretProperties exclude each other" -}}
{{- end -}}
{{- range $name := list "trainer" "encoder" -}}
{{- if and (index $v $name).gpu.enabled (hasKey (index $v $name).config "device") -}}
{{- fail (printf "%s.gpu.enabled and %s.config.device exclude each other" $name $name) -}}
{{- end -}}
{{- end -}}
{{- include "millrace.checks.trainer" . -}}
{{- include "millrace.checks.autoscaling" (dict "name" "ingestion" "autoscaling" $v.ingestion.autoscaling) -}}
{{- include "millrace.checks.autoscaling" (dict "name" "encoder" "autoscaling" $v.encoder.autoscaling) -}}
{{- end -}}

{{- define "millrace.checks.trainer" -}}
{{- $trainer := .Values.trainer -}}
{{- $partitions := int .Values.kafka.pairsPartitions -}}
{{- if $trainer.autoscaling.enabled -}}
{{- include "millrace.checks.autoscaling" (dict "name" "trainer" "autoscaling" $trainer.autoscaling) -}}
{{- if gt (int $trainer.autoscaling.maxReplicas) $partitions -}}
{{- fail (printf "trainer.autoscaling.maxReplicas (%d) is beyond kafka.pairsPartitions (%d): the trainers in excess would have no partition" (int $trainer.autoscaling.maxReplicas) $partitions) -}}
{{- end -}}
{{- if lt (int $trainer.autoscaling.scaleDownStabilizationSeconds) (mul 2 (int $trainer.autoscaling.pollingIntervalSeconds)) -}}
{{- fail (printf "trainer.autoscaling.scaleDownStabilizationSeconds (%d) must be at least twice trainer.autoscaling.pollingIntervalSeconds (%d): one poll without a commit would take working trainers away" (int $trainer.autoscaling.scaleDownStabilizationSeconds) (int $trainer.autoscaling.pollingIntervalSeconds)) -}}
{{- end -}}
{{- else if gt (int $trainer.replicas) $partitions -}}
{{- fail (printf "trainer.replicas (%d) is beyond kafka.pairsPartitions (%d): the trainers in excess would have no partition" (int $trainer.replicas) $partitions) -}}
{{- end -}}
{{- if and $trainer.baseModel.existingClaim (not $trainer.baseModel.path) -}}
{{- fail "trainer.baseModel.path is required with trainer.baseModel.existingClaim: where the claim is mounted" -}}
{{- end -}}
{{- end -}}

{{- define "millrace.checks.autoscaling" -}}
{{- if gt (int .autoscaling.minReplicas) (int .autoscaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling.minReplicas (%d) is above %s.autoscaling.maxReplicas (%d)" .name (int .autoscaling.minReplicas) .name (int .autoscaling.maxReplicas)) -}}
{{- end -}}
{{- end -}}

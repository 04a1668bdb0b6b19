{{/* What the operator does in the namespaces of encoders. It reads no Secret: encoders name theirs, and pods mount them. */}}
{{- define "operator.rules" -}}
- apiGroups: [millrace.dev]
  resources: [encoders]
  verbs: [get, list, watch, patch]
- apiGroups: [millrace.dev]
  resources: [encoders/status]
  verbs: [patch]
# Objects of an encoder name it as their owner, and keep it until they are gone.
- apiGroups: [millrace.dev]
  resources: [encoders/finalizers]
  verbs: [update]
- apiGroups: [apps]
  resources: [deployments, statefulsets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [configmaps, serviceaccounts, services]
  verbs: [get, create, patch, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, create, patch, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, create, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [get, create, patch, delete]
- apiGroups: [monitoring.coreos.com]
  resources: [podmonitors]
  verbs: [get, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end -}}

{{- define "operator.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "operator.fullname" . }}
    namespace: {{ .Release.Namespace }}
{{- end -}}

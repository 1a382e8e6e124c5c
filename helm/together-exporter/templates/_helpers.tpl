{{/* Names and labels that every template shares. */}}

{{- define "together-exporter.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "together-exporter.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "together-exporter.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "together-exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ include "together-exporter.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "together-exporter.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "together-exporter.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "together-exporter.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "together-exporter.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* config.yml: what the user wrote, with the two paths that the pod decides. */}}
{{- define "together-exporter.config" -}}
{{- $paths := dict "upstream" (dict "api_key_file" "/etc/together-exporter/key/api-key") "state" (dict "path" "/var/lib/together-exporter/state.db") -}}
{{- $config := mergeOverwrite (deepCopy .Values.config) $paths -}}
{{- if $config.upstream.api_key_env -}}
{{- fail "config.upstream.api_key_env has no effect here: the key comes from apiKey.existingSecret" -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

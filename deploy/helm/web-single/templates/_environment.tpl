{{/* A value as the text of a variable. YAML's numbers come as floats: 67108864 must not become 6.7108864e+07. */}}
{{- define "web-single.text" -}}
{{- if kindIs "float64" . }}{{ int64 . | toString | quote }}{{ else }}{{ . | toString | quote }}{{ end -}}
{{- end -}}

{{/* Where the server finds its models. */}}
{{- define "web-single.models" -}}
{{- $folder := ternary "/mnt/models" "/models" (eq .source "volume") -}}
{{- if eq .source "uri" -}}
{{- join "," .uri.uris -}}
{{- else if .only -}}
{{- range $index, $name := .only }}{{ if $index }},{{ end }}{{ $folder }}/{{ $name }}{{ end -}}
{{- else -}}
{{- $folder -}}
{{- end -}}
{{- end -}}

{{/* A variable out of a Secret: a list of its name, the Secret and the key. */}}
{{- define "web-single.secretVariable" -}}
- name: {{ index . 0 | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
{{- end -}}

{{/* Most bytes of one source: where none are given, half of the cache, since an archive lies there packed and unpacked; within the server's own bounds. */}}
{{- define "web-single.sourceLimitBytes" -}}
{{- $half := include "web-single.quantity" .cacheSizeLimit | float64 | mulf 0.5 | int64 | min 1099511627776 | max 1024 -}}
{{- .limitBytes | int64 | default $half -}}
{{- end -}}

{{/* Variables of models that the server fetches. */}}
{{- define "web-single.sourceVariables" -}}
- name: MODEL_CACHE
  value: /cache
{{- with .hosts }}
- name: MODEL_SOURCE_HOSTS
  value: {{ join "," . | quote }}
{{- end }}
- name: MODEL_SOURCE_LIMIT_BYTES
  value: {{ include "web-single.sourceLimitBytes" . | quote }}
{{- with .s3.region }}
- name: AWS_REGION
  value: {{ . | quote }}
{{- end }}
{{- with .s3.endpointUrl }}
- name: AWS_ENDPOINT_URL_S3
  value: {{ . | quote }}
{{- end }}
{{- if .s3.existingSecret }}
{{ include "web-single.secretVariable" (list "AWS_ACCESS_KEY_ID" .s3.existingSecret .s3.accessKeyIdKey) }}
{{ include "web-single.secretVariable" (list "AWS_SECRET_ACCESS_KEY" .s3.existingSecret .s3.secretAccessKeyKey) }}
{{- with .s3.sessionTokenKey }}
{{ include "web-single.secretVariable" (list "AWS_SESSION_TOKEN" $.s3.existingSecret .) }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What the chart itself sets. */}}
{{- define "web-single.chartVariables" -}}
- name: HOST
  value: {{ .Values.host | quote }}
- name: PORT
  value: {{ int .Values.ports.http | quote }}
- name: GRPC_PORT
  value: {{ ternary (int .Values.ports.grpc | toString) "off" .Values.grpc.enabled | quote }}
- name: MODELS
  value: {{ include "web-single.models" .Values.models | quote }}
- name: DRAIN_DELAY_MS
  value: {{ mul 1000 (int64 .Values.drain.delaySeconds) | quote }}
- name: DRAIN_TIMEOUT_MS
  value: {{ mul 1000 (int64 .Values.drain.timeoutSeconds) | quote }}
{{- with .Values.models.default }}
- name: DEFAULT_MODEL
  value: {{ . | quote }}
{{- end }}
{{- if .Values.admin.existingSecret }}
- name: ADMIN_PORT
  value: {{ int .Values.ports.admin | quote }}
{{ include "web-single.secretVariable" (list "ADMIN_TOKEN" .Values.admin.existingSecret .Values.admin.key) }}
{{- end }}
{{- if eq .Values.models.source "uri" }}
{{ include "web-single.sourceVariables" .Values.models.uri }}
{{- end }}
{{- if .Values.overrides }}
- name: OVERRIDES
  value: /etc/web-single/overrides.yaml
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name | quote }}
  value: {{ include "web-single.text" $value }}
{{- end }}
{{- end -}}

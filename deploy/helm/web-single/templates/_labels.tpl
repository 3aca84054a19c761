{{/* What selects the predictor's pods, and no others. */}}
{{- define "web-single.selector" -}}
app.kubernetes.io/name: {{ include "web-single.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: predictor
{{- end -}}

{{/* Labels of an object: a list of the context, the component, and labels of its own. The chart's own win. */}}
{{- define "web-single.labels" -}}
{{- $context := index . 0 -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" $context.Chart.Name $context.Chart.Version | replace "+" "_")
  "app.kubernetes.io/version" ($context.Chart.AppVersion | replace "+" "_")
  "app.kubernetes.io/managed-by" $context.Release.Service
  "app.kubernetes.io/name" (include "web-single.name" $context)
  "app.kubernetes.io/instance" $context.Release.Name
  "app.kubernetes.io/component" (index . 1) -}}
{{- toYaml (merge $own (index . 2) $context.Values.commonLabels) -}}
{{- end -}}

{{/* The lines of annotations, or none: a list of the context and annotations of its own, which win. */}}
{{- define "web-single.annotations" -}}
{{- $all := merge (dict) (index . 1) (index . 0).Values.commonAnnotations -}}
{{- if $all }}
annotations:
  {{- toYaml $all | nindent 2 }}
{{- end }}
{{- end -}}

{{/* name, namespace, labels and annotations: a dict of context, name, component, labels, annotations. */}}
{{- define "web-single.metadata" -}}
name: {{ .name | quote }}
namespace: {{ .context.Release.Namespace | quote }}
labels:
  {{- include "web-single.labels" (list .context .component (default (dict) .labels)) | nindent 2 }}
{{- include "web-single.annotations" (list .context (default (dict) .annotations)) }}
{{- end -}}

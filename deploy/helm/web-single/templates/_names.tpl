{{/* A text cut to a length, without dashes at its end: a list of the length and the text. */}}
{{- define "web-single.cut" -}}
{{- regexReplaceAll "-+$" (trunc (int (index . 0)) (index . 1)) "" -}}
{{- end -}}

{{/* Name of the application: at most 63 characters. */}}
{{- define "web-single.name" -}}
{{- include "web-single.cut" (list 63 (default .Chart.Name .Values.nameOverride)) -}}
{{- end -}}

{{/* Name of the objects: a DNS label of at most 63 characters that begins with a letter, as Services ask for, also where the release's name has dots or begins with a digit. */}}
{{- define "web-single.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := .Values.fullnameOverride -}}
{{- if not $full -}}
{{- $full = ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- end -}}
{{- $full = replace "." "-" $full -}}
{{- if regexMatch "^[0-9]" $full }}{{ $full = printf "ws-%s" $full }}{{ end -}}
{{- include "web-single.cut" (list 63 $full) -}}
{{- end -}}

{{/* The objects' name with a suffix, cut so that both fit: a list of the context and the suffix. */}}
{{- define "web-single.suffixed" -}}
{{- $suffix := index . 1 -}}
{{- printf "%s-%s" (include "web-single.cut" (list (sub 62 (len $suffix)) (include "web-single.fullname" (index . 0)))) $suffix -}}
{{- end -}}

{{- define "web-single.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "web-single.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* repository:tag or repository@digest: a list of the image's values and the tag where none is given. */}}
{{- define "web-single.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default (index . 1) $image.tag) -}}
{{- end -}}
{{- end -}}

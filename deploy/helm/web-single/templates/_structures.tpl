{{/* What the API server says of Kubernetes' own structures and their schemas do not. */}}
{{- define "web-single.structureProblems" -}}
{{- $problems := list -}}
{{- range $index, $toleration := .Values.tolerations -}}
{{- if and (hasKey . "tolerationSeconds") (ne (get . "effect") "NoExecute") -}}
{{- $problems = append $problems (printf "tolerations[%d].tolerationSeconds needs the effect NoExecute." $index) -}}
{{- end -}}
{{- if and (eq (get . "operator") "Exists") .value -}}
{{- $problems = append $problems (printf "tolerations[%d].operator is Exists, so it takes no value." $index) -}}
{{- end -}}
{{- if and (not .key) (ne (get . "operator") "Exists") -}}
{{- $problems = append $problems (printf "tolerations[%d] has no key, so its operator must be Exists." $index) -}}
{{- end -}}
{{- end -}}
{{- range $value, $variables := dict "extraEnv" .Values.extraEnv "models.volume.copy.env" .Values.models.volume.copy.env -}}
{{- range $variables -}}
{{- if hasKey . "valueFrom" -}}
{{- if .value -}}
{{- $problems = append $problems (printf "%s: %s has both a value and a valueFrom." $value .name) -}}
{{- end -}}
{{- if ne (len (default (dict) .valueFrom)) 1 -}}
{{- $problems = append $problems (printf "%s: %s.valueFrom needs exactly one source." $value .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $value, $sources := dict "extraEnvFrom" .Values.extraEnvFrom "models.volume.copy.envFrom" .Values.models.volume.copy.envFrom -}}
{{- range $index, $source := $sources -}}
{{- if eq (empty .configMapRef) (empty .secretRef) -}}
{{- $problems = append $problems (printf "%s[%d] needs exactly one of configMapRef and secretRef." $value $index) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraVolumes -}}
{{- if ne (len (omit . "name")) 1 -}}
{{- $problems = append $problems (printf "extraVolumes: %s needs exactly one source, such as configMap or secret." .name) -}}
{{- end -}}
{{- end -}}
{{- $volumes := list -}}
{{- range include "web-single.volumes" . | fromYamlArray }}{{ $volumes = append $volumes .name }}{{ end -}}
{{- $mounts := .Values.extraVolumeMounts -}}
{{- range concat .Values.extraContainers .Values.extraInitContainers -}}
{{- $mounts = concat $mounts (default (list) .volumeMounts) -}}
{{- if not .image -}}
{{- $problems = append $problems (printf "extraContainers and extraInitContainers: %s needs an image." .name) -}}
{{- end -}}
{{- end -}}
{{- range $mounts -}}
{{- if not (has .name $volumes) -}}
{{- $problems = append $problems (printf "%s is to be mounted at %s, but no volume is called so: add it to extraVolumes." (quote .name) .mountPath) -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

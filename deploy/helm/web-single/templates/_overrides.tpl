{{/* What is wrong with the text of the overrides, as far as it can be told without the packages; the server checks it again. */}}
{{- define "web-single.overridesProblems" -}}
{{- $problems := list -}}
{{- if .Values.overrides -}}
{{- $read := fromYaml .Values.overrides -}}
{{- with get $read "Error" -}}
{{- $problems = append $problems (printf "overrides is no text of an overrides file: %s" .) -}}
{{- else -}}
{{- $schema := .Files.Get "overrides.schema.json" | fromJson -}}
{{- $problems = include "web-single.schemaProblems" (list "overrides" $read $schema) | fromJsonArray -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Problems of a value by a JSON Schema of these words: type, properties, additionalProperties, required, minimum, maximum. A list of the path, the value and the schema. */}}
{{- define "web-single.schemaProblems" -}}
{{- $path := index . 0 -}}
{{- $value := index . 1 -}}
{{- $schema := index . 2 -}}
{{- $problems := list -}}
{{- $kind := get (dict "map" "object" "slice" "array" "float64" "number" "bool" "boolean" "string" "string") (kindOf $value) | default "null" -}}
{{- $allowed := kindIs "slice" $schema.type | ternary $schema.type (list $schema.type) -}}
{{- if not (has $kind $allowed) -}}
{{- $problems = append $problems (printf "%s: expected %s, got %s." $path (join " or " $allowed) $kind) -}}
{{- else if eq $kind "object" -}}
{{- range $name := default (list) $schema.required -}}
{{- if not (hasKey $value $name) }}{{ $problems = append $problems (printf "%s: %s is missing." $path $name) }}{{ end -}}
{{- end -}}
{{- $properties := default (dict) $schema.properties -}}
{{- range $name, $part := $value -}}
{{- $partSchema := hasKey $properties $name | ternary (get $properties $name) $schema.additionalProperties -}}
{{- if kindIs "map" $partSchema -}}
{{- $problems = concat $problems (include "web-single.schemaProblems" (list (printf "%s.%s" $path $name) $part $partSchema) | fromJsonArray) -}}
{{- else -}}
{{- $problems = append $problems (printf "%s: %s is unknown; expected %s." $path $name (keys $properties | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- else if eq $kind "number" -}}
{{- if and (hasKey $schema "minimum") (lt $value $schema.minimum) }}{{ $problems = append $problems (printf "%s: expected at least %v, got %v." $path $schema.minimum $value) }}{{ end -}}
{{- if and (hasKey $schema "maximum") (gt $value $schema.maximum) }}{{ $problems = append $problems (printf "%s: expected at most %v, got %v." $path $schema.maximum $value) }}{{ end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

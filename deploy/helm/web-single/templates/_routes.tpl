{{- define "web-single.routeProblems" -}}
{{- $problems := list -}}
{{- $http := .Values.gateway.http -}}
{{- $grpc := .Values.gateway.grpc -}}
{{- range $kind, $route := dict "http" $http "grpc" $grpc -}}
{{- if and $route.enabled (not $route.parentRefs) -}}
{{- $problems = append $problems (printf "gateway.%s.enabled needs a gateway in gateway.%s.parentRefs." $kind $kind) -}}
{{- end -}}
{{- $seen := dict -}}
{{- range $route.parentRefs -}}
{{- $parent := join "/" (list (get . "group") (get . "kind") (get . "namespace") .name) -}}
{{- $sections := get $seen $parent | default (list) -}}
{{- $section := get . "sectionName" | default "" -}}
{{- if and $sections (or (has $section $sections) (has "" $sections) (not $section)) -}}
{{- $problems = append $problems (printf "gateway.%s.parentRefs has the gateway %s several times: each then needs a sectionName of its own." $kind .name) -}}
{{- end -}}
{{- $_ := set $seen $parent (append $sections $section) -}}
{{- end -}}
{{- end -}}
{{- if and $grpc.enabled (not .Values.grpc.enabled) -}}
{{- $problems = append $problems "gateway.grpc.enabled needs grpc.enabled." -}}
{{- end -}}
{{- if and $http.enabled $grpc.enabled (include "web-single.shareListener" (list $http.parentRefs $grpc.parentRefs .Release.Namespace)) -}}
{{- range $one := $http.hostnames | default (list "") -}}
{{- range $other := $grpc.hostnames | default (list "") -}}
{{- if include "web-single.hostsIntersect" (list $one $other) -}}
{{- $problems = append $problems (printf "gateway.http.hostnames and gateway.grpc.hostnames may not meet on one listener, but %s of the HTTPRoute and %s of the GRPCRoute do: a gateway accepts only one of the two routes. Give them different host names, or listeners by parentRefs with different sectionName or port." ($one | default "every host" | quote) ($other | default "every host" | quote)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Not empty where some host is meant by both: a list of two host names of routes; "" is every host, *.a.b every host of one or more labels before .a.b. */}}
{{- define "web-single.hostsIntersect" -}}
{{- $one := index . 0 -}}
{{- $other := index . 1 -}}
{{- $oneEnd := trimPrefix "*" $one -}}
{{- $otherEnd := trimPrefix "*" $other -}}
{{- $isOneWide := hasPrefix "*" $one -}}
{{- $isOtherWide := hasPrefix "*" $other -}}
{{- if or (not $one) (not $other) (eq $one $other) (and $isOneWide (hasSuffix $oneEnd $otherEnd)) (and $isOtherWide (hasSuffix $otherEnd $oneEnd)) }}yes{{ end -}}
{{- end -}}

{{/* Not empty where two routes may attach to one listener: a list of their parentRefs and the namespace of the release. */}}
{{- define "web-single.shareListener" -}}
{{- $namespace := index . 2 -}}
{{- $defaults := dict "group" "gateway.networking.k8s.io" "kind" "Gateway" "namespace" $namespace "sectionName" "" "port" "" -}}
{{- range $one := index . 0 -}}
{{- range $other := index $ 1 -}}
{{- $mayMeet := true -}}
{{- range $field := list "group" "kind" "namespace" "name" "sectionName" "port" -}}
{{- $a := get $one $field | default (get $defaults $field) | toString -}}
{{- $b := get $other $field | default (get $defaults $field) | toString -}}
{{- if and $a $b (ne $a $b) }}{{ $mayMeet = false }}{{ end -}}
{{- end -}}
{{- if $mayMeet }}yes{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

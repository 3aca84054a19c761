{{/* What no schema can say: values that contradict each other. All problems at once. */}}
{{- define "web-single.check" -}}
{{- $problems := concat
  (include "web-single.modelProblems" . | fromJsonArray)
  (include "web-single.runProblems" . | fromJsonArray)
  (include "web-single.networkProblems" . | fromJsonArray)
  (include "web-single.routeProblems" . | fromJsonArray)
  (include "web-single.nameProblems" . | fromJsonArray)
  (include "web-single.structureProblems" . | fromJsonArray)
  (include "web-single.overridesProblems" . | fromJsonArray) -}}
{{- if $problems }}{{ fail (printf "\nThe values cannot be used:\n  - %s" (join "\n  - " $problems)) }}{{ end -}}
{{- end -}}

{{/* A source that the server takes. No comma: its list of models is separated by them. */}}
{{- define "web-single.sourcePattern" -}}
^(https?://[^\s,#?@/]+/([^\s,#?]*/)?([^\s,#?/]+\.(onnx|tar|tar\.gz|tgz)|model\.yaml)(\?[^\s,#]*)?|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^\s,#]*)?)(#sha256=[0-9a-f]{64})?$
{{- end -}}

{{- define "web-single.modelProblems" -}}
{{- $problems := list -}}
{{- with .Values.models -}}
{{- if and (eq .source "uri") (not .uri.uris) -}}
{{- $problems = append $problems "models.source is uri, but models.uri.uris names nothing to fetch." -}}
{{- end -}}
{{- if eq .source "uri" -}}
{{- $cacheBytes := include "web-single.quantity" .uri.cacheSizeLimit | float64 -}}
{{- if gt (float64 .uri.limitBytes) $cacheBytes -}}
{{- $problems = append $problems (printf "models.uri.limitBytes, %d, is more than models.uri.cacheSizeLimit, %s, holds: the kubelet would end the pod before the server refuses the source." (int64 .uri.limitBytes) .uri.cacheSizeLimit) -}}
{{- end -}}
{{- range $index, $address := append .uri.uris .uri.s3.endpointUrl -}}
{{- if regexMatch "^[^/]*//[^/]*@" $address -}}
{{- $value := ternary "models.uri.s3.endpointUrl" (printf "models.uri.uris[%d]" $index) (eq $index (len $.Values.models.uri.uris)) -}}
{{- $problems = append $problems (printf "%s has a user or password before its host: values are no place for them. Keys of S3 belong into models.uri.s3.existingSecret." $value) -}}
{{- else if and (ne $index (len $.Values.models.uri.uris)) (not (regexMatch (include "web-single.sourcePattern" .) $address)) -}}
{{- $pin := regexFind "#.*" $address | trunc 80 -}}
{{- if and $pin (not (regexMatch "^#sha256=[0-9a-f]{64}$" $pin)) -}}
{{- $problems = append $problems (printf "models.uri.uris[%d] ends in %q: expected #sha256= and 64 digits of 0-9 and a-f, as `predictor inspect` prints them." $index $pin) -}}
{{- else -}}
{{- $problems = append $problems (printf "models.uri.uris[%d] is no source: expected s3://bucket/prefix, or https://host/… that ends in model.yaml, .onnx, .tar, .tar.gz or .tgz; a comma is %%2C." $index) -}}
{{- end -}}
{{- else -}}
{{- $url := urlParse $address -}}
{{- $names := list (lower $url.host) (lower $url.hostname) (lower $url.hostname | printf "[%s]") (lower $url.host | printf "%s:80") -}}
{{- $isAllowed := false -}}
{{- range $.Values.models.uri.hosts }}{{ if has (lower .) $names }}{{ $isAllowed = true }}{{ end }}{{ end -}}
{{- if and (eq $url.scheme "http") (not $isAllowed) -}}
{{- $problems = append $problems (printf "models.uri asks %s in clear HTTP: use https, or add %q to models.uri.hosts if it is meant." $url.host $url.host) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (ne .source "uri") .uri.uris -}}
{{- $problems = append $problems (printf "models.uri.uris names what to fetch, but models.source is %s: set it to uri, or leave the list empty." .source) -}}
{{- end -}}
{{- if and (ne .source "volume") (or .volume.claim .volume.copy.repository) -}}
{{- $problems = append $problems (printf "models.volume names a claim or an image, but models.source is %s: set it to volume, or leave them empty." .source) -}}
{{- end -}}
{{- if and (eq .source "uri") .only -}}
{{- $problems = append $problems "models.only selects folders; with models.source uri, list the wanted models in models.uri.uris and leave it empty." -}}
{{- end -}}
{{- if and .only .default (not (has .default .only)) -}}
{{- $problems = append $problems (printf "models.default is %q, which is not among models.only: add it there, or name one of %s." .default (join ", " .only)) -}}
{{- end -}}
{{- if and (eq .source "volume") (eq (empty .volume.claim) (empty .volume.copy.repository)) -}}
{{- $problems = append $problems "models.source is volume: give exactly one of models.volume.claim and models.volume.copy.repository." -}}
{{- end -}}
{{- $copy := .volume.copy -}}
{{- if and (eq .source "volume") $copy.repository (not $copy.tag) (not $copy.digest) -}}
{{- $problems = append $problems "models.volume.copy.repository needs models.volume.copy.tag or .digest." -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "web-single.runProblems" -}}
{{- $problems := list -}}
{{- $drain := .Values.drain -}}
{{- $needed := add (int64 $drain.preStopSeconds) (int64 $drain.delaySeconds) (int64 $drain.timeoutSeconds) (int64 $drain.marginSeconds) -}}
{{- if lt (int64 .Values.terminationGracePeriodSeconds) $needed -}}
{{- $problems = append $problems (printf "terminationGracePeriodSeconds is %d, but a drain takes up to %d s (drain.preStopSeconds + delaySeconds + timeoutSeconds + marginSeconds): raise it to %d, or shorten the drain." (int64 .Values.terminationGracePeriodSeconds) $needed $needed) -}}
{{- end -}}
{{- with .Values.autoscaling -}}
{{- if .enabled -}}
{{- if lt (int64 .maxReplicas) (int64 .minReplicas) -}}
{{- $problems = append $problems (printf "autoscaling.maxReplicas is %d, less than autoscaling.minReplicas, %d." (int64 .maxReplicas) (int64 .minReplicas)) -}}
{{- end -}}
{{- if not (or (int64 .cpuUtilization) (int64 .queueRows)) -}}
{{- $problems = append $problems "autoscaling.enabled needs autoscaling.cpuUtilization or autoscaling.queueRows above 0." -}}
{{- end -}}
{{- $cpu := dig "requests" "cpu" (dig "limits" "cpu" 0 $.Values.resources) $.Values.resources | toString -}}
{{- if and (int64 .cpuUtilization) (not (include "web-single.quantity" $cpu | float64)) -}}
{{- $problems = append $problems "autoscaling.cpuUtilization is a percentage of resources.requests.cpu, which is not given or 0." -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $direction, $rules := .Values.autoscaling.behavior -}}
{{- if gt (get $rules "stabilizationWindowSeconds" | default 0 | int64) 3600 -}}
{{- $problems = append $problems (printf "autoscaling.behavior.%s.stabilizationWindowSeconds may be 3600 at most." $direction) -}}
{{- end -}}
{{- range $index, $policy := get $rules "policies" -}}
{{- if or (lt (int64 .value) 1) (lt (int64 .periodSeconds) 1) (gt (int64 .periodSeconds) 1800) -}}
{{- $problems = append $problems (printf "autoscaling.behavior.%s.policies[%d] needs a value above 0 and a periodSeconds from 1 to 1800." $direction $index) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with .Values.security -}}
{{- if and (eq .seccompProfile "Localhost") (not .seccompLocalhostProfile) -}}
{{- $problems = append $problems "security.seccompProfile Localhost needs security.seccompLocalhostProfile." -}}
{{- end -}}
{{- end -}}
{{- range $value, $resources := dict "resources" .Values.resources "models.volume.copy.resources" .Values.models.volume.copy.resources -}}
{{- range $resource := keys (dig "requests" (dict) $resources) | sortAlpha -}}
{{- $request := dig "requests" $resource "" $resources | toString -}}
{{- $limit := dig "limits" $resource "" $resources | toString -}}
{{- if and $request $limit (gt (include "web-single.quantity" $request | float64) (include "web-single.quantity" $limit | float64)) -}}
{{- $problems = append $problems (printf "%s.requests.%s is %s, more than %s.limits.%s, %s." $value $resource $request $value $resource $limit) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* A quantity of Kubernetes ("500m", "1Gi") as a plain number. */}}
{{- define "web-single.quantity" -}}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 -}}
{{- $unit := regexFind "[kMGTP]i?$|m$" . -}}
{{- mulf (trimSuffix $unit . | float64) (dig $unit 1 $factors) -}}
{{- end -}}

{{- define "web-single.networkProblems" -}}
{{- $problems := list -}}
{{- $values := .Values -}}
{{- $ports := list (int $values.ports.http) (int $values.ports.admin) -}}
{{- if $values.grpc.enabled }}{{ $ports = append $ports (int $values.ports.grpc) }}{{ end -}}
{{- if ne (len (uniq $ports)) (len $ports) -}}
{{- $problems = append $problems "ports.http, ports.grpc and ports.admin must differ." -}}
{{- end -}}
{{- if and $values.grpc.enabled (eq (int $values.service.httpPort) (int $values.service.grpcPort)) -}}
{{- $problems = append $problems "service.httpPort and service.grpcPort must differ." -}}
{{- end -}}
{{- if and (eq $values.models.source "uri") $values.networkPolicy.enabled (not $values.networkPolicy.egress) -}}
{{- $problems = append $problems "models.source is uri, but networkPolicy.egress lets the server call nothing: add a rule for where the models lie, or set networkPolicy.enabled to false." -}}
{{- end -}}
{{- if and (has $values.service.trafficDistribution (list "PreferSameZone" "PreferSameNode")) (semverCompare "<1.34-0" .Capabilities.KubeVersion.Version) -}}
{{- $problems = append $problems (printf "service.trafficDistribution %s needs Kubernetes 1.34, this is %s: use PreferClose." $values.service.trafficDistribution .Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- range $rule := $values.networkPolicy.egress -}}
{{- range get $rule "ports" -}}
{{- if and (hasKey . "endPort") (or (not .port) (kindIs "string" .port) (lt (int64 .endPort) (int64 .port))) -}}
{{- $problems = append $problems "networkPolicy.egress has an endPort without a number as port, or below it." -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with $values.serviceMonitor -}}
{{- if and .enabled (gt (trimSuffix "s" .scrapeTimeout | int) (trimSuffix "s" .interval | int)) -}}
{{- $problems = append $problems (printf "serviceMonitor.scrapeTimeout, %s, is longer than serviceMonitor.interval, %s." .scrapeTimeout .interval) -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Lists whose entries Kubernetes tells apart by a name or a path (/tmp/ is /tmp): all well-formed, none twice, none of the chart's. */}}
{{- define "web-single.nameProblems" -}}
{{- $chartVariables := list -}}
{{- range include "web-single.chartVariables" . | fromYamlArray }}{{ $chartVariables = append $chartVariables .name }}{{ end -}}
{{- $variable := "^[-._a-zA-Z][-._a-zA-Z0-9]*$" -}}
{{- $label := "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" -}}
{{- $lists := list
  (dict "value" "extraEnv" "items" .Values.extraEnv "key" "name" "taken" $chartVariables "pattern" $variable)
  (dict "value" "models.volume.copy.env" "items" .Values.models.volume.copy.env "key" "name" "taken" (list) "pattern" $variable)
  (dict "value" "extraVolumes" "items" .Values.extraVolumes "key" "name" "taken" (list "temporary" "cache" "models" "overrides") "pattern" $label)
  (dict "value" "extraVolumeMounts" "items" .Values.extraVolumeMounts "key" "mountPath" "taken" (list "/tmp" "/cache" "/models" "/mnt/models" "/etc/web-single") "pattern" "^/[^:]*[^:/.][^:]*$")
  (dict "value" "extraContainers and extraInitContainers" "items" (concat .Values.extraContainers .Values.extraInitContainers) "key" "name" "taken" (list "predictor" "copy-models") "pattern" $label) -}}
{{- $problems := list -}}
{{- range $list := $lists -}}
{{- $seen := list -}}
{{- range $list.items -}}
{{- $name := get . $list.key | toString -}}
{{- if not (regexMatch $list.pattern $name) -}}
{{- $problems = append $problems (printf "%s has %q, which is no %s: expected %s." $list.value $name $list.key $list.pattern) -}}
{{- else if has (clean $name) $list.taken -}}
{{- $problems = append $problems (printf "%s has %s, which the chart sets by values of its own." $list.value $name) -}}
{{- else if has (clean $name) $seen -}}
{{- $problems = append $problems (printf "%s has %s twice." $list.value $name) -}}
{{- end -}}
{{- $seen = append $seen (clean $name) -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

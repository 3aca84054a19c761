{{/* The profile "restricted" of Kubernetes' Pod Security Standards, of a container. */}}
{{- define "web-single.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
privileged: false
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The same, of the pod: the values under security. Numbers that are null are left to the platform. */}}
{{- define "web-single.podSecurity" -}}
runAsNonRoot: true
{{- range $key := list "runAsUser" "runAsGroup" "fsGroup" }}
{{- with get $ $key }}
{{ $key }}: {{ int64 . }}
{{- end }}
{{- end }}
{{- if .fsGroup }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: {{ .seccompProfile }}
  {{- if eq .seccompProfile "Localhost" }}
  localhostProfile: {{ .seccompLocalhostProfile | quote }}
  {{- end }}
{{- end -}}

{{/* A probe over HTTP: a list of its values and its path. */}}
{{- define "web-single.probe" -}}
{{- $probe := index . 0 -}}
httpGet:
  path: {{ index . 1 }}
  port: http
periodSeconds: {{ int $probe.periodSeconds }}
failureThreshold: {{ int $probe.failureThreshold }}
timeoutSeconds: {{ int $probe.timeoutSeconds }}
{{- end -}}

{{- define "web-single.volumes" -}}
- name: temporary
  emptyDir:
    sizeLimit: {{ .Values.temporarySizeLimit | quote }}
{{- with .Values.models }}
{{- if eq .source "uri" }}
- name: cache
  emptyDir:
    sizeLimit: {{ .uri.cacheSizeLimit | quote }}
{{- else if eq .source "volume" }}
- name: models
  {{- if .volume.claim }}
  persistentVolumeClaim:
    claimName: {{ .volume.claim | quote }}
    readOnly: true
  {{- else }}
  emptyDir:
    sizeLimit: {{ .volume.copy.sizeLimit | quote }}
  {{- end }}
{{- end }}
{{- end }}
{{- if .Values.overrides }}
- name: overrides
  configMap:
    name: {{ include "web-single.suffixed" (list . "overrides") | quote }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "web-single.mounts" -}}
- name: temporary
  mountPath: /tmp
{{- with .Values.models }}
{{- if eq .source "uri" }}
- name: cache
  mountPath: /cache
{{- else if eq .source "volume" }}
- name: models
  mountPath: /mnt/models
  readOnly: true
  {{- with .volume.subPath }}
  {{- if $.Values.models.volume.claim }}
  subPath: {{ . | quote }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- if .Values.overrides }}
- name: overrides
  mountPath: /etc/web-single
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The init container that copies packages out of an image. */}}
{{- define "web-single.copyModels" -}}
{{- with .Values.models.volume.copy -}}
- name: copy-models
  image: {{ include "web-single.image" (list . "") | quote }}
  imagePullPolicy: {{ .pullPolicy }}
  command:
    {{- toYaml .command | nindent 4 }}
  {{- with .env }}
  env:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .envFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "web-single.containerSecurity" . | nindent 4 }}
  {{- with .resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: models
      mountPath: /mnt/models
    - name: temporary
      mountPath: /tmp
{{- end -}}
{{- end -}}

{{- define "web-single.predictor" -}}
- name: predictor
  image: {{ include "web-single.image" (list .Values.image .Chart.AppVersion) | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  ports:
    - name: http
      containerPort: {{ int .Values.ports.http }}
      protocol: TCP
    {{- if .Values.grpc.enabled }}
    - name: grpc
      containerPort: {{ int .Values.ports.grpc }}
      protocol: TCP
    {{- end }}
  env:
    {{- include "web-single.chartVariables" . | nindent 4 }}
    {{- with .Values.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.extraEnvFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  startupProbe:
    {{- include "web-single.probe" (list .Values.probes.startup "/startupz") | nindent 4 }}
  livenessProbe:
    {{- include "web-single.probe" (list .Values.probes.live "/livez") | nindent 4 }}
  readinessProbe:
    {{- include "web-single.probe" (list .Values.probes.ready "/readyz") | nindent 4 }}
  {{- if .Values.drain.preStopSeconds }}
  lifecycle:
    preStop:
      sleep:
        seconds: {{ int .Values.drain.preStopSeconds }}
  {{- end }}
  {{- with .Values.resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "web-single.containerSecurity" . | nindent 4 }}
  volumeMounts:
    {{- include "web-single.mounts" . | nindent 4 }}
{{- end -}}

{{- define "web-single.topologySpread" -}}
{{- $context := . -}}
{{- range $index, $key := .Values.topologySpread.topologyKeys }}
{{- if $index }}
{{ end -}}
- topologyKey: {{ $key | quote }}
  maxSkew: {{ int $context.Values.topologySpread.maxSkew }}
  whenUnsatisfiable: {{ $context.Values.topologySpread.whenUnsatisfiable }}
  labelSelector:
    matchLabels:
      {{- include "web-single.selector" $context | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end -}}

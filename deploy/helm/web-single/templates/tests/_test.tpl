{{/* What selects the test's pod. It must never match the predictor's selector. */}}
{{- define "web-single.testSelector" -}}
app.kubernetes.io/name: {{ include "web-single.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: test
{{- end -}}

{{/* What the test runs: Node's own fetch, since the image has no shell. */}}
{{- define "web-single.testScript" -}}
const get = async (path) => {
  const response = await fetch(process.env.SERVICE_URL + path, { signal: AbortSignal.timeout(10000) });
  const text = await response.text();
  console.log(path, response.status, text);
  if (response.status !== 200) process.exit(1);
  return JSON.parse(text);
};
await get('/readyz');
const { models } = await get('/v1/models');
process.exit(models.length > 0 ? 0 : 1);
{{- end -}}

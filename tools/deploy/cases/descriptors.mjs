import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../workspace/setup.mjs';

const read = (path) => parse(readFileSync(join(root, 'deploy', path), 'utf8'));

/** Every descriptor that is no chart, with what validates it. JSON is YAML. */
export function descriptors() {
  const one = (path, ...schemas) => schemas.map((schema) => ({ path, ...schema, document: read(path) }));
  const groups = 'cloud/ecs-fargate/target-groups.json';
  return [
    ...one('kserve/serving-runtime.yaml', { schema: 'kserve' }),
    ...one('kserve/inference-service-rest.yaml', { schema: 'kserve' }),
    ...one('kserve/inference-service-grpc.yaml', { schema: 'kserve' }),
    ...one('kserve/inference-service-image.yaml', { schema: 'kserve' }),
    // Cloud Run's Service is Knative's: the same file runs on both.
    ...one('cloud/cloud-run/service-rest.yaml', { schema: 'cloud-run' }, { schema: 'knative' }),
    ...one('cloud/cloud-run/service-grpc.yaml', { schema: 'cloud-run' }, { schema: 'knative' }),
    ...one('cloud/ecs-fargate/task-definition.json', {
      schema: 'aws',
      service: 'ecs',
      operation: 'RegisterTaskDefinition',
    }),
    ...one('cloud/ecs-fargate/service.json', { schema: 'aws', service: 'ecs', operation: 'CreateService' }),
    ...read(groups).map((document) => ({
      path: groups,
      schema: 'aws',
      service: 'elbv2',
      operation: 'CreateTargetGroup',
      document,
    })),
    ...one('cloud/azure-container-apps/container-app-rest.yaml', { schema: 'azure' }),
    ...one('cloud/azure-container-apps/container-app-grpc.yaml', { schema: 'azure' }),
  ];
}

/** The document of a descriptor. */
export const descriptor = read;

import type { ModelDescription } from '@web-single/contract';
import { openModels } from '@web-single/model-package';
import { componentVersions } from '../config/component-versions.ts';
import { describePackage } from '../rest/describe-model.ts';

/** Descriptions of the packages below a path, the highest version of each. Throws `PackageError`. */
export async function describePackages(path: string): Promise<ModelDescription[]> {
  const packages = await openModels([path], { componentVersions });
  const byName = new Map(packages.map((modelPackage) => [modelPackage.name, modelPackage]));
  return [...byName.values()].map(describePackage).sort((left, right) => (left.name < right.name ? -1 : 1));
}

import { escapePointer } from '../manifest/issue-problems.ts';
import type { OverrideRule } from './overrides-schema.ts';
import type { Overrides } from './read-overrides.ts';

/** What the file says of one version, and where. */
export interface PlacedRule {
  readonly rule: OverrideRule;
  /** `overrides.yaml /models/penguins/minScore`, or below its version where the key stands there. */
  where(key: keyof OverrideRule, ...path: readonly string[]): string;
}

/** The keys of the model with those of the version over them; undefined where there are none. */
export function ruleOf(
  { models, file }: Overrides,
  { name, version }: { readonly name: string; readonly version: string },
): PlacedRule | undefined {
  if (!Object.hasOwn(models, name)) return undefined;
  const { versions = {}, ...ofModel } = models[name]!;
  const ofVersion: OverrideRule = Object.hasOwn(versions, version) ? versions[version]! : {};
  const rule: OverrideRule = { ...ofModel, ...ofVersion };
  if (Object.keys(rule).length === 0) return undefined;
  return {
    rule,
    where(key, ...path) {
      const place = Object.hasOwn(ofVersion, key) ? ['versions', version, key] : [key];
      return `${file} /${['models', name, ...place, ...path].map(escapePointer).join('/')}`;
    },
  };
}

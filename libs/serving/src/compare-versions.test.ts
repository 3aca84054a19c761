import { describe, expect, it } from 'vitest';
import { compareVersions } from './compare-versions.ts';

describe('compareVersions', () => {
  it('orders integers and semver versions, pre-releases before releases', () => {
    const sorted = ['1.10.0', '2', '1.2.0', '10', '1.2.0-rc.1', '1.2.0-rc.10', '1.2.0-beta'].sort(compareVersions);
    expect(sorted).toEqual(['1.2.0-beta', '1.2.0-rc.1', '1.2.0-rc.10', '1.2.0', '1.10.0', '2', '10']);
  });
});

import { describe, expect, it } from 'vitest';
import { uniqueIdentifiers } from './identifiers.ts';

describe('uniqueIdentifiers', () => {
  it.each(['with', 'With', 'image', 'models', 'default', 'version'])(
    'gives %j a name that the client itself does not have',
    (name) => {
      expect(uniqueIdentifiers([name])[0]).toMatch(/_2$/);
    },
  );

  it('keeps names apart that differ by case or signs only', () => {
    expect(uniqueIdentifiers(['a-b', 'a_b', 'AB', '3d'])).toEqual(['AB', 'AB_2', 'AB_3', 'Model3d']);
  });
});

import { describe, expect, it } from 'vitest';
import { RouteTable } from './route-table.ts';

describe('RouteTable', () => {
  const routes = new RouteTable();
  routes.add('/v1/models', ['GET']);
  routes.add('/v1/models/:model/predict', ['POST']);
  routes.add('/v1/models/:model/predict', ['PUT']);

  it('knows the methods of a path, whatever its parameters and query', () => {
    expect(routes.allowedMethods('/v1/models/a%20b/predict?x=/y')).toEqual(['POST', 'PUT']);
  });

  it('knows a path in every spelling that the router takes', () => {
    for (const url of ['/%761/models', 'http://elsewhere/v1/models', '/v1/models#part'])
      expect(routes.allowedMethods(url)).toEqual(['GET']);
    expect(routes.allowedMethods('/v1%2Fmodels')).toEqual([]);
  });

  it.each(['/v1', '/v1/models/', '/v1/models//predict', '/v1/models/a/predict/', '/V1/models', ''])(
    'does not know %j',
    (url) => {
      expect(routes.allowedMethods(url)).toEqual([]);
    },
  );
});

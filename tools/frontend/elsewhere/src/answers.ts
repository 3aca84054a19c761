import { createPredictor } from '@web-single/sdk';
import { createPredictor as createClient, isPredictorError } from 'predictor-client';

const PENGUIN = { island: 'Dream', bill_length_mm: 50.6, body_mass_g: 3800, sex: null } as const;
const BIRD = { length: 0.5, width: -1, height: 2, mass: 0.1, region: 'north', count: 3 } as const;

/** What both clients are told by a server: the packed SDK, and the client that was generated from that very server. */
export async function answers(baseUrl: string, picture: Blob) {
  const sdk = createPredictor({ baseUrl });
  const client = createClient({ baseUrl });
  const species: 'Adelie' | 'Chinstrap' | 'Gentoo' = (await sdk.models.penguins.predict(PENGUIN)).label;
  const sameSpecies: typeof species = (await client.models.penguins.predict(PENGUIN)).label;
  const digit: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 = (await sdk.models.digits.predict(picture)).label;
  // A model that the SDK was not made for.
  const bird: 'crow' | 'finch' | 'owl' = (await client.models['frame-ordinal'].predict(BIRD)).label;
  const { data, requestId } = await client.models.penguins.predict([PENGUIN, { island: 'Biscoe' }]).withResponse();
  return {
    species,
    sameSpecies,
    digit,
    bird,
    rows: data.length,
    hasRequestId: requestId !== undefined && requestId.length > 0,
    refused: await codeOf(client.models.penguins.predict({ ...PENGUIN, body_mass_g: 1 })),
    aborted: await codeOf(client.models.penguins.predict(PENGUIN, { signal: AbortSignal.abort() })),
  };
}

async function codeOf(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    return isPredictorError(error) ? error.code : `no error of the client: ${String(error)}`;
  }
}

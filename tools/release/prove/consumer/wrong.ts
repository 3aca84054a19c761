// Must not compile: there is no such field, which only types that resolve can say.
import { createPredictor } from '@web-single/sdk';

await createPredictor({ baseUrl: '' }).models.penguins.predict({ island: 'Dream', colour: 'black' });

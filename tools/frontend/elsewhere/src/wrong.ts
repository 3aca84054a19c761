import { createPredictor } from 'predictor-client';

const { models } = createPredictor({ baseUrl: 'http://127.0.0.1:3000' });
const { label } = await models.penguins.predict({ island: 'Dreem' });
const bird: 'crow' | 'finch' = (await models['frame-ordinal'].predict({ region: 'north' })).label;
console.log(label === 'Emperor', bird);

// examples/try-clip.ts
import { createPipeline, createStepRegistry } from '@web-single/preprocessing';
import { clip } from './clip.ts';

const pipeline = createPipeline([{ step: 'clip', field: 'age', min: 0, max: 120 }], createStepRegistry([clip]));
console.log(await pipeline.run([{ age: 200 }, { age: null }, { age: '40' }]));

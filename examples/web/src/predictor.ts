import { createPredictor } from '@web-single/sdk';

/** Of the page's own origin: Vite's proxy in development, a gateway elsewhere. */
export const predictor = createPredictor({ baseUrl: '/', timeoutMs: 10_000 });

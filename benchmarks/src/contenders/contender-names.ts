/** The contender that ratios are to, and its second start: the A/A control. */
export const ours = 'web-single';
export const oursAgain = 'web-single-again';
/** The bounds. */
export const floor = 'fastify-floor';
export const limit = 'raw-session';
export const batchLimit = 'raw-session-batched';

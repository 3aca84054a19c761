/** What the command line exits with. */
export const EXIT = { ok: 0, failure: 1, usage: 2, invalidModel: 3, network: 4 } as const;

/** As somebody elsewhere would have it: nothing of the workspace that the packages came from. */
export default { logLevel: 'warn', build: { target: 'es2022' } };

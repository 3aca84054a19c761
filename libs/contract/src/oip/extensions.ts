const everywhere = [
  'schedule_policy',
  'model_configuration',
  'binary_tensor_data',
  'parameters',
  'statistics',
] as const;

/** Extensions of the protocol, in Triton's order: what works on the listener that serves, and on the one that manages. */
export const OIP_EXTENSIONS: { readonly data: readonly string[]; readonly admin: readonly string[] } = {
  data: ['classification', ...everywhere],
  admin: ['classification', 'model_repository', ...everywhere],
};

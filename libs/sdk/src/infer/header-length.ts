/** The header that says how many bytes of JSON lie in front of those of the tensors. */
export const HEADER_LENGTH = 'inference-header-content-length';

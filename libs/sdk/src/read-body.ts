import { InvalidResponseError } from './predictor-error.ts';

/** Reads a body as text up to `maxBytes`, counted after decompression; beyond it the connection is dropped. */
export async function readBody(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > maxBytes) throw tooLarge(response, maxBytes);
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    // Does nothing at the end of a stream; before it, this frees the socket.
    reader.cancel().catch(() => {});
  }
}

function tooLarge(response: Response, maxBytes: number): InvalidResponseError {
  return new InvalidResponseError('INVALID_RESPONSE', `The answer is larger than ${maxBytes} bytes: it was cut off.`, {
    status: response.status,
  });
}

import type { Socket } from 'node:net';
import type { Value } from '@web-single/tensor';
import { encodeFrame, FrameReader } from './frame.ts';

export interface ChannelHandlers {
  onMessage(message: Value): void;
  /** Once: the other side is gone, or wrote what is none of our frames. */
  onClose(): void;
}

/** Messages over one end of a socket pair. */
export class Channel {
  readonly #socket: Socket;

  constructor(socket: Socket, handlers: ChannelHandlers) {
    this.#socket = socket;
    const reader = new FrameReader();
    socket.on('data', (chunk) => {
      try {
        for (const message of reader.push(chunk)) handlers.onMessage(message);
      } catch {
        socket.destroy();
      }
    });
    // A reset says no more than the close that follows it.
    socket.on('error', () => undefined);
    socket.once('end', () => socket.destroy());
    socket.once('close', () => handlers.onClose());
  }

  /** Throws `RangeError` for a message too large for a frame. */
  send(message: Value): void {
    const chunks = encodeFrame(message);
    this.#socket.cork();
    for (const chunk of chunks) this.#socket.write(chunk);
    this.#socket.uncork();
  }

  close(): void {
    this.#socket.end();
  }
}

import { Socket } from 'node:net';
import type { Value } from '@web-single/tensor';
import { encodeFrame, FrameReader } from './frame.ts';

export interface ChannelHandlers {
  onMessage(message: Value): void;
  /** Once: the other side is gone, or wrote what is none of our frames. */
  onClose(): void;
}

const receiveBytes = 256 * 1024;

/** Messages over one end of a socket pair. */
export class Channel {
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #handlers: ChannelHandlers;

  constructor(socket: Socket, handlers: ChannelHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.on('data', (chunk) => this.#receive(chunk));
    // A reset says no more than the close that follows it.
    socket.on('error', () => undefined);
    socket.once('end', () => socket.destroy());
    socket.once('close', () => handlers.onClose());
  }

  /** Over a descriptor of this process: received into one buffer, since a new one for every piece of a large batch has to be collected. */
  static over(fd: number, handlers: ChannelHandlers): Channel {
    const buffer = Buffer.allocUnsafeSlow(receiveBytes);
    const callback = (length: number): boolean => {
      channel.#receive(buffer.subarray(0, length));
      return true;
    };
    const socket = new Socket({ fd, readable: true, writable: true, onread: { buffer, callback } });
    const channel = new Channel(socket, handlers);
    return channel;
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const message of this.#reader.push(chunk)) this.#handlers.onMessage(message);
    } catch {
      this.#socket.destroy();
    }
  }

  /** Throws `RangeError` for a message too large for a frame. */
  send(message: Value): void {
    const chunks = encodeFrame(message);
    this.#socket.cork();
    for (const chunk of chunks) this.#socket.write(chunk);
    this.#socket.uncork();
  }

  /** True as long as the system has not taken all that was sent: the memory of its blobs is still read. */
  get isSending(): boolean {
    return this.#socket.writableLength > 0;
  }

  close(): void {
    this.#socket.end();
  }
}

import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Disconnection } from './disconnection.ts';

const reply = (writableFinished: boolean) => ({ raw: Object.assign(new EventEmitter(), { writableFinished }) });

describe('Disconnection', () => {
  it('tells once who still listens when the client has gone', () => {
    const { raw } = reply(false);
    const disconnection = new Disconnection({ raw });
    const told: string[] = [];
    const gone = (): void => void told.push('gone');
    disconnection.addEventListener('abort', gone);
    disconnection.removeEventListener('abort', gone);
    disconnection.addEventListener('abort', () => told.push('stayed'));
    raw.emit('close');
    raw.emit('close');

    expect(told).toEqual(['stayed']);
    expect(disconnection.aborted).toBe(true);
  });

  it('is no disconnection when the answer was written', () => {
    const { raw } = reply(true);
    const disconnection = new Disconnection({ raw });
    raw.emit('close');

    expect(disconnection.aborted).toBe(false);
  });
});

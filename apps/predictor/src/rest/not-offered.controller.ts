import { Controller } from '@nestjs/common';
import { ContractError } from '@web-single/contract';
import { ContractRoute } from './contract-route.ts';

const memories = ['systemsharedmemory', 'cudasharedmemory'];
const settings = ['/v2/logging', '/v2/trace/setting', '/v2/models/:model/trace/setting'];
const reads = [
  ...settings,
  ...memories.flatMap((memory) => [`/v2/${memory}/status`, `/v2/${memory}/region/:region/status`]),
].map((path) => ({ method: 'GET', path }) as const);
const changes = [
  ...settings,
  '/v2/repository/models/:model/load',
  '/v2/repository/models/:model/unload',
  ...memories.flatMap((memory) => [
    `/v2/${memory}/unregister`,
    `/v2/${memory}/region/:region/register`,
    `/v2/${memory}/region/:region/unregister`,
  ]),
].map((path) => ({ method: 'POST', path }) as const);

/** What other servers of the Open Inference Protocol offer and this listener does not: 501, so that clients need not guess. */
@Controller()
export class NotOfferedController {
  @ContractRoute(reads[0]!, ...reads.slice(1))
  read(): never {
    throw notOffered();
  }

  @ContractRoute(changes[0]!, ...changes.slice(1))
  change(): never {
    throw notOffered();
  }
}

function notOffered(): ContractError {
  return new ContractError(
    'NOT_IMPLEMENTED',
    'This listener offers no shared memory, no trace and no log settings; models are loaded on the admin listener.',
  );
}

import { NotFoundException } from '@nestjs/common';
import { ContractError } from '@web-single/contract';
import type { FastifyRequest } from 'fastify';
import { bodyRefusal } from './oip-edge.ts';
import { repeatedHeader } from './repeated-header.ts';

/** What is wrong with a request's head, before a byte of its body is read; undefined where nothing is. */
export function refuseEarly(request: FastifyRequest): Error | undefined {
  const { raw, headers } = request;
  if (raw.httpVersionMajor !== 1) return invalid('This server speaks HTTP/1.1.');
  const twice = repeatedHeader(raw.rawHeaders);
  if (twice !== undefined) return invalid(`The header "${twice}" is there twice: send it once.`);
  if (headers.host === undefined && raw.httpVersionMinor > 0) return invalid('The header "Host" is missing.');
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    return invalid('The header "Expect" may only say 100-continue.');
  if (request.is404) return new NotFoundException();
  return bodyRefusal(request);
}

function invalid(message: string): ContractError {
  return new ContractError('INVALID_REQUEST', message);
}

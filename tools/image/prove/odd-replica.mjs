/**
 * A replica that is always ready and never answers a prediction: with `shed` it refuses every one with 503, with `hang-up` it takes it
 * and closes the connection. `/count` tells how many it got. Usage: odd-replica.mjs shed|hang-up
 */
import { createServer } from 'node:http';

const mode = process.argv[2];
let count = 0;

createServer((request, reply) => {
  if (request.url === '/readyz') return reply.end('ready');
  if (request.url === '/count') return reply.end(String(count));
  count += 1;
  request.resume().on('end', () => {
    if (mode === 'hang-up') request.socket.destroy();
    else reply.writeHead(503, { 'retry-after': '1' }).end('shed');
  });
}).listen(8080, '0.0.0.0');

/** Serves one folder's files on loopback, for a container that loads its models from an address. Usage: file-server.mjs FOLDER PORT */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

const [folder, port] = process.argv.slice(2);
createServer((request, response) => {
  const path = join(folder, normalize(`/${new URL(request.url, 'http://files').pathname}`));
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status?.isFile()) return response.writeHead(404).end();
  response.writeHead(200, { 'content-length': status.size, etag: `"${status.size}-${status.mtimeMs}"` });
  return createReadStream(path).pipe(response);
}).listen(Number(port), '127.0.0.1', () => console.log('listening'));

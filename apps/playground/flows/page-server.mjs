import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';

/** As the predictor sends it with the page: nothing inline, nothing from elsewhere. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves a built page under the strict policy; what is no file of it goes to the predictor. Resolves with its URL and its end. */
export async function servePage({ folder, predictorUrl, port }) {
  const server = http.createServer((request, response) => {
    const path = new URL(request.url, 'http://page').pathname;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    stat(file).then(
      (found) => (found.isFile() ? sendFile(file, response) : forward(request, response, predictorUrl)),
      () => forward(request, response, predictorUrl),
    );
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

function sendFile(file, response) {
  response.writeHead(200, { 'content-type': TYPES[extname(file)], 'content-security-policy': POLICY });
  createReadStream(file).pipe(response);
}

function forward(request, response, predictorUrl) {
  const { method, headers, url } = request;
  const onward = http.request(new URL(url, predictorUrl), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

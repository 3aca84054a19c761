import { connect, createServer } from 'node:net';

/** A TCP proxy that resets the connection after so many bytes of answers, once; then it counts them. */
export async function startCuttingProxy(targetPort, cutAfterBytes) {
  const counts = { bytes: 0, hasCut: false };
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      counts.bytes += chunk.length;
      client.write(chunk);
      if (counts.hasCut || counts.bytes < cutAfterBytes) return;
      counts.hasCut = true;
      counts.bytes = 0;
      upstream.destroy();
      // What has been written is sent first.
      client.end(() => client.destroy());
    });
    upstream.on('end', () => client.end());
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('close', () => upstream.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    counts,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

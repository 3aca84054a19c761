/** Asks `/livez`, `/readyz` and `/metrics` ten times a second until stdin ends; prints how long each took, in ms, as JSON. */
const [port] = process.argv.slice(2);
const paths = ['/livez', '/readyz', '/metrics'];
const times: Record<string, number[]> = Object.fromEntries(paths.map((path) => [path, []]));
let failed = 0;
let ended = false;
process.stdin.on('end', () => (ended = true)).resume();
while (!ended) {
  for (const path of paths) {
    const startMs = performance.now();
    const isOk = await fetch(`http://127.0.0.1:${port}${path}`).then(
      async (reply) => (await reply.text()) !== '' && reply.ok,
      () => false,
    );
    times[path]!.push(performance.now() - startMs);
    if (!isOk) failed += 1;
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
process.stdout.write(JSON.stringify({ times, failed }));

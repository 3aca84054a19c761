import { run } from '../commands.mjs';
import { buildImage, withFiles } from '../image.mjs';
import { checkFiles } from './contents.mjs';

/** The image for arm64, built on this machine. What is shown is what it is made of: it is not run here. */
export async function checkOtherArchitecture({ root, sandbox, check }) {
  await sandbox.makeBases('arm64');
  const image = 'localhost/web-single:arm64';
  await buildImage(root, { tag: image, arch: 'arm64' });
  const architecture = await run('podman', ['image', 'inspect', '--format', '{{.Architecture}}', image]);
  check('the image says arm64', architecture === 'arm64', architecture);
  await withFiles(image, (folder) =>
    checkFiles(folder, 'arm64', (what, holds, detail) => check(`arm64: ${what}`, holds, detail)),
  );
}

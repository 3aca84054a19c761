import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * CycloneDX 1.6 of an image's unpacked files: Node, the packages bundled and beside the bundle, our own parts and models from
 * the image's labels, and the system's packages where the base lists them. It follows from the image alone.
 */
export function billOfMaterials(folder, { digest, labels }) {
  const components = [
    ...ownParts(labels),
    ...models(labels),
    ...unique([...bundledPackages(folder), ...installedPackages(folder)]),
    ...systemPackages(folder),
    { type: 'platform', name: 'node', version: nodeVersion(folder), purl: `pkg:generic/node@${nodeVersion(folder)}` },
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(digest)}`,
    version: 1,
    metadata: {
      component: {
        type: 'container',
        'bom-ref': digest,
        name: labels['org.opencontainers.image.title'],
        version: labels['org.opencontainers.image.version'],
        hashes: [{ alg: 'SHA-256', content: digest.replace('sha256:', '') }],
      },
    },
    components: components.map((component, index) => ({
      'bom-ref': component.purl ?? `component-${index}`,
      ...component,
    })),
  };
}

function ownParts(labels) {
  return withPrefix(labels, 'web-single.component.').map(([part, version]) =>
    npmComponent({ name: `@web-single/${part}`, version, license: 'Apache-2.0' }),
  );
}

function models(labels) {
  return withPrefix(labels, 'web-single.model.').map(([model, digest]) => {
    const [, name, version] = /^(.+?)\.(\d.*)$/.exec(model);
    return {
      type: 'machine-learning-model',
      name,
      version,
      hashes: [{ alg: 'SHA-256', content: digest.replace('sha256:', '') }],
    };
  });
}

function withPrefix(labels, prefix) {
  return Object.entries(labels)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);
}

/** Written beside the bundle by the build. */
function bundledPackages(folder) {
  return JSON.parse(readFileSync(join(folder, 'app/dist/vendor/packages.json'), 'utf8')).map(npmComponent);
}

function installedPackages(folder) {
  const modules = join(folder, 'app/node_modules');
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names.map((name) => npmComponent(JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))));
}

function npmComponent({ name, version, license }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    type: 'library',
    name,
    version,
    purl,
    ...(typeof license === 'string' ? { licenses: [licenseOf(license)] } : {}),
  };
}

/** One SPDX identifier, or an expression of several. */
function licenseOf(license) {
  return /[ ()]/.test(license) ? { expression: license } : { license: { id: license } };
}

/** As distroless images and our stand-ins list them: one file a package. */
function systemPackages(folder) {
  const listing = join(folder, 'var/lib/dpkg/status.d');
  if (!existsSync(listing)) return [];
  return readdirSync(listing)
    .filter((file) => !file.endsWith('.md5sums'))
    .map((file) => {
      const text = readFileSync(join(listing, file), 'utf8');
      const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
      return {
        type: 'library',
        name: field('Package'),
        version: field('Version'),
        purl: `pkg:deb/debian/${field('Package')}@${encodeURIComponent(field('Version'))}?arch=${field('Architecture')}`,
      };
    });
}

/** From its own header files or, without them, from the binary's text. */
function nodeVersion(folder) {
  const binary = ['nodejs/bin/node', 'usr/local/bin/node'].map((path) => join(folder, path)).find(existsSync);
  return /node-v(\d+\.\d+\.\d+)/.exec(readFileSync(binary, 'latin1'))?.[1] ?? 'unknown';
}

function unique(components) {
  return [...new Map(components.map((component) => [component.purl, component])).values()].sort((left, right) =>
    left.purl < right.purl ? -1 : 1,
  );
}

/** The same image, the same serial number: a name-based UUID (RFC 9562, version 8). */
function uuidOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Asks the installed ONNX Runtime which files it takes: the highest IR version and opsets. Fails where the code says otherwise:
 * libs/model-package/src/onnx/check-runtime-fit.ts must be changed with the runtime.
 */
import { InferenceSession } from 'onnxruntime-node';
import { runtimeLimits } from '../../libs/model-package/src/onnx/check-runtime-fit.ts';
import { concatBytes, encodeBytes, encodeInt, tensorOutput } from '../../libs/model-package/src/onnx/wire-write.ts';

const FLOAT = 1;
/** Old enough for every runtime; each limit is tried alone. */
const MODEST = { irVersion: 8, opsets: { '': 17 } };

const measured = {
  irVersion: await highest((irVersion) => ({ ...MODEST, irVersion })),
  opsets: {
    '': await highest((version) => ({ ...MODEST, opsets: { '': version } })),
    'ai.onnx.ml': await highest((version) => ({ ...MODEST, opsets: { ...MODEST.opsets, 'ai.onnx.ml': version } })),
  },
};
const isAsSaid = JSON.stringify(measured) === JSON.stringify(runtimeLimits);
console.log(`measured: ${JSON.stringify(measured)}`);
if (!isAsSaid) console.error(`check-runtime-fit.ts says: ${JSON.stringify(runtimeLimits)}`);
process.exit(isAsSaid ? 0 : 1);

/** The highest number up to 60 whose file is taken. */
async function highest(fileOf) {
  for (let number = 60; number > 0; number -= 1) if (await isTaken(modelFile(fileOf(number)))) return number;
  return 0;
}

async function isTaken(bytes) {
  try {
    await (await InferenceSession.create(bytes, { logSeverityLevel: 4 })).release();
    return true;
  } catch {
    return false;
  }
}

/** ModelProto of one Identity: x → y. */
function modelFile({ irVersion, opsets }) {
  const node = concatBytes([encodeBytes(1, 'x'), encodeBytes(2, 'y'), encodeBytes(4, 'Identity')]);
  const graph = concatBytes([
    encodeBytes(1, node),
    encodeBytes(2, 'g'),
    encodeBytes(11, tensorOutput('x', FLOAT)),
    encodeBytes(12, tensorOutput('y', FLOAT)),
  ]);
  const imports = Object.entries(opsets).map(([domain, version]) =>
    encodeBytes(8, concatBytes([encodeBytes(1, domain), encodeInt(2, version)])),
  );
  return concatBytes([encodeInt(1, irVersion), encodeBytes(7, graph), ...imports]);
}

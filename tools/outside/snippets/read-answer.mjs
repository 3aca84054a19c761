import { runInNewContext } from 'node:vm';

/** The prediction that a snippet printed, as the typed route would give it. */
export function readAnswer(language, text, description) {
  if (language === 'curl') return JSON.parse(text).predictions[0];
  if (language === 'python') return JSON.parse(text.replaceAll(/: NaN\b/g, ': null'));
  if (language === 'grpcurl')
    return fromTensors(JSON.parse(text).outputs, JSON.parse(text).rawOutputContents, description);
  // What Node prints of an object is an expression.
  const printed = runInNewContext(`(${text})`);
  const isInferred = Object.values(printed).some((output) => output?.datatype !== undefined);
  return isInferred ? fromInfer(printed, description) : printed;
}

function fromTensors(outputs, raw, description) {
  const entries = outputs.map((output, index) => {
    const [elements] = Object.values(output.contents ?? {});
    const values =
      raw === undefined
        ? elements.map((element) => typed(output.datatype, element))
        : rawValues(output.datatype, Buffer.from(raw[index], 'base64'));
    return [output.name, shaped(output, values, description)];
  });
  return Object.fromEntries(entries);
}

function fromInfer(outputs, description) {
  const entries = Object.entries(outputs).map(([name, { datatype, shape, data }]) => {
    const list = data.list ?? data;
    const values = list.map((element) => inferred(datatype, element));
    return [name, shaped({ name, datatype, shape }, values, description)];
  });
  return Object.fromEntries(entries);
}

function inferred(datatype, element) {
  if (datatype === 'BYTES') return Buffer.from(element.list.map(Number)).toString();
  if (datatype === 'FP16') return new Float16Array(Uint16Array.of(Number(element)).buffer)[0];
  if (datatype === 'BOOL') return element === '1';
  return datatype.endsWith('INT64') ? BigInt(element) : Number(element);
}

/** Of the JSON of protobuf. */
function typed(datatype, element) {
  if (datatype === 'BYTES') return Buffer.from(element, 'base64').toString();
  if (datatype === 'BOOL') return element;
  if (datatype.endsWith('INT64')) return BigInt(element);
  return element === 'NaN' ? null : element;
}

const ARRAYS = {
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  FP16: Float16Array,
  FP32: Float32Array,
  FP64: Float64Array,
};

function rawValues(datatype, bytes) {
  if (datatype === 'BOOL') return Array.from(bytes, (byte) => byte === 1);
  if (datatype !== 'BYTES') return Array.from(new ARRAYS[datatype](new Uint8Array(bytes).buffer));
  const texts = [];
  for (let offset = 0; offset < bytes.length;) {
    const end = offset + 4 + bytes.readUInt32LE(offset);
    texts.push(bytes.subarray(offset + 4, end).toString());
    offset = end;
  }
  return texts;
}

/** A scalar, a list (only its first row's level is nested in what is compared here), or scores by label. */
function shaped({ name, shape }, values, { signature }) {
  const field = signature.output[name];
  if (field.type === 'scores') {
    const labels = field.labels ?? signature.output[field.of].values.map(String);
    return Object.fromEntries(labels.map((label, index) => [label, values[index]]));
  }
  const sizes = shape.slice(1).map(Number);
  return nested(sizes, values);
}

function nested([size, ...rest], values) {
  if (size === undefined) return values[0];
  const length = values.length / size;
  return Array.from({ length: size }, (_, index) => nested(rest, values.slice(index * length, (index + 1) * length)));
}

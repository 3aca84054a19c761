/**
 * A stock gRPC client with one stream of inference: sends each request after the answer to the one before. Prints a line of JSON.
 * Usage: stream-client.mjs JSON-OPTIONS; run with --conditions=@web-single/source.
 */
import { fromBinary, fromJson, toBinary } from '@bufbuild/protobuf';
import { Client, credentials } from '@grpc/grpc-js';
import { GRPCInferenceService } from '@web-single/contract';

const { address, requests } = JSON.parse(process.argv[2]);
const { input, output } = GRPCInferenceService.method.modelStreamInfer;
const request = fromJson(input, {
  modelName: 'penguins',
  parameters: { level: { stringParam: 'row' } },
  inputs: [
    { name: 'island', datatype: 'BYTES', shape: ['1'], contents: { bytesContents: [btoa('Dream')] } },
    { name: 'bill_length_mm', datatype: 'FP64', shape: ['1'], contents: { fp64Contents: [50.6] } },
  ],
});
const client = new Client(address, credentials.createInsecure());
const call = client.makeBidiStreamRequest(
  '/inference.GRPCInferenceService/ModelStreamInfer',
  (message) => Buffer.from(toBinary(input, message)),
  (bytes) => fromBinary(output, bytes),
  { deadline: Date.now() + 5000 },
);
const numbers = { answered: 0, errors: [] };
call.on('error', (error) => numbers.errors.push(error.message));
call.on('data', ({ errorMessage }) => {
  if (errorMessage !== '') numbers.errors.push(errorMessage);
  else numbers.answered += 1;
  if (numbers.answered < requests) call.write(request);
  else call.end();
});
call.on('status', () => {
  console.log(JSON.stringify(numbers));
  process.exit(0);
});
call.write(request);

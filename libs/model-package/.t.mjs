import { openPackage, readOnnx } from '@web-single/model-package'; import fs from 'node:fs';
const b=fs.readFileSync('/tmp/rf.onnx'); let t=performance.now(); readOnnx(b); console.log('read',performance.now()-t); t=performance.now(); await openPackage('/tmp/rf.onnx'); console.log('open',performance.now()-t);

import '@web-single/model-runtime/engine-process';

/** Usage: print-use.mjs URL, with the base64 of a picture as input; prints what `useSdk` gives. Runs on the Node under test. */
import { text } from 'node:stream/consumers';
import { useSdk } from './use-sdk.mjs';

process.stdout.write(JSON.stringify(await useSdk(process.argv[2], await text(process.stdin))));

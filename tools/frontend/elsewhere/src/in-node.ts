import { readFile } from 'node:fs/promises';
import { answers } from './answers.ts';

const [, , baseUrl = '', picture = ''] = process.argv;
console.log(JSON.stringify(await answers(baseUrl, new Blob([await readFile(picture)]))));

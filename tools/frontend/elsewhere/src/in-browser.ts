import { answers } from './answers.ts';

/** The server is of another origin, which has to allow this one; the picture lies beside the page. */
const baseUrl = new URLSearchParams(location.search).get('server') ?? '';
const picture = await (await fetch('/picture.png')).blob();
document.getElementById('answers')!.textContent = await answers(baseUrl, picture).then(JSON.stringify, String);

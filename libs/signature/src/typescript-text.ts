/** A property name: bare where it is an identifier, else a string literal. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** A string literal that is also safe inside a comment or a script element. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\p{Cf}]|<\/|\*\//gu, (found) =>
    found.length === 2 ? `${found.charAt(0)}\\/` : escapeUnits(found),
  );
}

/** A one-line JSDoc comment; `''` for an empty text. Nothing in the text can end the comment or start a line. */
export function jsDoc(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('*/', '*\\/')
    .trim();
  return line === '' ? '' : `/** ${line} */`;
}

function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}

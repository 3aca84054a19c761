/** Text inside a comment: one line, and nothing in it ends the comment. */
export function commentText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('*/', '*\\/')
    .trim();
}

/** A string literal in single quotes; characters that could end it, hide in it or turn its direction are escaped. */
export function literal(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, escapeUnits)
    .replaceAll('</', '<\\/')
    .replaceAll('*/', '*\\/');
  return `'${inner}'`;
}

/** A property key; `__proto__` as a computed one, because plain it would set the prototype. */
export function key(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

function escapeUnits(text: string): string {
  return Array.from(
    { length: text.length },
    (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

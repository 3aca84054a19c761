import fc from 'fast-check';

/** Texts of whole characters without NUL, which no shell carries; those that mean something to a shell or a language come often. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...`'"\`$\\!{}()<>&|;*?~#%@=,[] \n\r\t`,
        '\\n',
        '$(',
        '${',
        'EOF\n',
        '\u2028',
        '\u202e',
        '\u{e0001}',
        '\u007f',
        '\ufeff',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

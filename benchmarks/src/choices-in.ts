/** The banner's lines about models: `penguins 1.0.0  tabular-classification, inline, up to 64 rows a run`. */
export function choicesIn(banner: string): readonly string[] {
  return banner.split('\n').flatMap((line) => {
    const [, name, choice] = /^ {2}(\S+) \S+ {2}[^,]+, (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [`${name}: ${choice}`];
  });
}

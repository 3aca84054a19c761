/** Text as a terminal shows it, not as it obeys it: names, labels and messages come from models, servers and files. */
export function plainText(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\u{fffd}');
}

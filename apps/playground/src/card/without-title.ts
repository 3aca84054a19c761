/** The card without a first heading that repeats the model's name: the page has it as a heading already. */
export function withoutTitle(card: string, name: string): string {
  const match = /^\s*#\s+(.*?)\s*#*\s*(?:\n|$)/.exec(card);
  const isName = match?.[1]?.replace(/[`*]/g, '').toLowerCase() === name.toLowerCase();
  return isName ? card.slice(match![0].length) : card;
}

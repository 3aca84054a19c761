const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false });

/** Six digits are what a person reads; the JSON below has all of them. */
export function formatNumber(value: unknown): string {
  if (value === null || value === undefined) return 'not a number';
  if (typeof value !== 'number') return String(value);
  if (Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e9 || size < 1e-4 ? value.toExponential(3) : plain.format(value);
}

/** 0.97783 is 97.8 %; never 100 % or 0 % for what is not. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent.toFixed(1)} %`;
}

export function formatMs(ms: number): string {
  return ms >= 100 ? `${ms.toFixed(0)} ms` : ms >= 10 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(2)} ms`;
}

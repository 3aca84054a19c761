import type { WorkloadResult } from '../measure/measure-workload.ts';
import { ours } from '../contenders/contender-names.ts';
import { digitsFor, figureOf } from './figures.ts';

const [width, labelWidth, barLeft, barRight] = [860, 170, 180, 640];
const [barHeight, gap, titleHeight] = [14, 6, 34];

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Requests a second of every contender, a group of bars for each workload and number of connections, with the 95 % intervals. */
export function svgChart(title: string, results: readonly WorkloadResult[]): string {
  const parts: string[] = [];
  let top = 40;
  for (const { workload, names, saturation } of results) {
    for (const [concurrency, rounds] of [...saturation].reverse()) {
      const bars = names.flatMap((name): Bar[] => {
        const { median, low, high, blocks } = figureOf(rounds, name, ({ perSecond }) => perSecond);
        return blocks === 0 ? [] : [{ name, value: median, low, high }];
      });
      parts.push(...group(`${workload.name}, ${concurrency} at a time, requests/s`, bars, top));
      top += titleHeight + bars.length * (barHeight + gap);
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top + 20}" viewBox="0 0 ${width} ${top + 20}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="10" y="24" font-size="16" font-weight="bold">${escapeXml(title)}</text>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function group(title: string, bars: readonly Bar[], top: number): readonly string[] {
  const largest = Math.max(...bars.map(({ high }) => high));
  const x = (value: number): string => (barLeft + (value / largest) * (barRight - barLeft)).toFixed(1);
  return [
    `<text x="10" y="${top + 22}" font-weight="bold">${escapeXml(title)}</text>`,
    ...bars.flatMap(({ name, value, low, high }, index) => {
      const y = top + titleHeight + index * (barHeight + gap);
      const [middle, base] = [y + barHeight / 2, y + barHeight - 3];
      return [
        `<text x="${labelWidth}" y="${base}" text-anchor="end">${escapeXml(name)}</text>`,
        `<rect x="${barLeft}" y="${y}" width="${(Number(x(value)) - barLeft).toFixed(1)}" height="${barHeight}" fill="${name.startsWith(ours) ? '#1a73a8' : '#b8c4cc'}"/>`,
        `<path d="M${x(low)} ${middle}H${x(high)}M${x(low)} ${y + 3}v8M${x(high)} ${y + 3}v8" stroke="#202020" fill="none"/>`,
        `<text x="${barRight + 12}" y="${base}">${value.toFixed(digitsFor(value))} (${low.toFixed(digitsFor(low))} to ${high.toFixed(digitsFor(high))})</text>`,
      ];
    }),
  ];
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

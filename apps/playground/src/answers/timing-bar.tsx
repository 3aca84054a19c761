import type { PredictionTiming } from '@web-single/sdk';
import { formatMs } from './format-number.ts';
import { phasesOf } from './phases.ts';

/** The round trip as one bar, phase by phase as the server reports them. */
export function TimingBar({
  timing,
  roundTripMs,
}: {
  readonly timing: PredictionTiming;
  readonly roundTripMs: number;
}) {
  const phases = phasesOf(timing, roundTripMs);
  return (
    <section class="timing" aria-label="Timing">
      <p class="timing-total">
        <span>{formatMs(timing.totalMs)} on the server</span>
        <span>{formatMs(roundTripMs)} round trip</span>
      </p>
      <div class="timing-track" aria-hidden="true">
        {phases.map(({ id, share }) => (
          <span key={id} class={`phase is-${id}`} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <dl class="timing-legend">
        {phases.map(({ id, title, ms }) => (
          <div key={id}>
            <dt>
              <span class={`swatch is-${id}`} aria-hidden="true" />
              {title}
            </dt>
            <dd>{formatMs(ms)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

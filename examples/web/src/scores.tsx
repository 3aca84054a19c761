/** Probabilities as bars, in the order given; the answer's own stands out. */
export function Scores({ scores, best }: { readonly scores: Readonly<Record<string, number>>; readonly best: string }) {
  return (
    <dl className="scores">
      {Object.entries(scores).map(([label, probability]) => (
        <div key={label} className={label === best ? 'score best' : 'score'}>
          <dt>{label}</dt>
          <dd>
            <meter min={0} max={1} value={probability} aria-label={`Probability of ${label}`} />
            <span>{percent.format(probability)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

import type { ColumnMatch } from './match-columns.ts';

/** How the columns were understood, and what keeps the table from being predicted. */
export function ColumnReport({ match, rowCount }: { readonly match: ColumnMatch; readonly rowCount: number }) {
  const { columnOf, ignored, missing, repeated } = match;
  return (
    <div class="column-report">
      <p>
        {rowCount.toLocaleString('en')} {rowCount === 1 ? 'row' : 'rows'}, {Object.keys(columnOf).length} of the model’s
        fields.
        {ignored.length > 0 && <> Not sent: {list(ignored)}.</>}
        {repeated.length > 0 && <> There twice, the first is taken: {list(repeated)}.</>}
      </p>
      {missing.length > 0 && (
        <p class="field-error" role="alert">
          The model needs {missing.length === 1 ? 'a column' : 'columns'} {list(missing)}, which the first line does not
          name.
        </p>
      )}
    </div>
  );
}

const list = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');

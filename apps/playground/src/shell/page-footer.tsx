import { predictor } from '../server/predictor.ts';
import { useLoaded } from '../server/use-loaded.ts';

/** Who serves this page. */
export function PageFooter() {
  const { value: server } = useLoaded('server', (signal) => predictor.server({ signal }));
  return (
    <footer class="page-footer">
      {server !== undefined && (
        <p>
          {server.name} {server.version}
          {Object.entries(server.runtime).map(([name, version]) => (
            <span key={name}>
              {name} {version}
            </span>
          ))}
        </p>
      )}
    </footer>
  );
}

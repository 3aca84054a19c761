import { useContext } from 'preact/hooks';
import { ServerInfoContext } from '../server/server-info.ts';

/** Who serves this page. */
export function PageFooter() {
  const server = useContext(ServerInfoContext);
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

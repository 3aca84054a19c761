import { useHealth } from '../server/use-health.ts';

const WORDS = { asking: '…', ready: 'Ready', 'not ready': 'Not ready', unreachable: 'Unreachable' };

/** Whether the server takes traffic; told again when it changes. */
export function HealthBadge() {
  const health = useHealth();
  return (
    <p class={`health is-${health.replace(' ', '-')}`} role="status">
      <span class="dot" aria-hidden="true" />
      <span class="off-screen">Server: </span>
      {WORDS[health]}
    </p>
  );
}

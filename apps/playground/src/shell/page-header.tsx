import { HealthBadge } from './health-badge.tsx';
import { ThemeButton } from './theme-button.tsx';

export function PageHeader() {
  return (
    <header class="page-header">
      <a class="brand" href="#/">
        <svg viewBox="0 0 16 16" width={26} height={26} aria-hidden="true">
          <rect width="16" height="16" rx="4" class="brand-square" />
          <path d="M4 8.5l3 3 5-7" class="brand-mark" />
        </svg>
        <span class="brand-name">Playground</span>
      </a>
      <HealthBadge />
      <nav aria-label="API">
        <a href="docs">Docs</a>
        <a href="openapi.json">OpenAPI</a>
      </nav>
      <ThemeButton />
    </header>
  );
}

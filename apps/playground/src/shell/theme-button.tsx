import { useTheme } from '../theme/use-theme.ts';

const ICONS = {
  system: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  light:
    'M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM7.3 0h1.4v2.6H7.3zm0 13.4h1.4V16H7.3zM0 7.3h2.6v1.4H0zm13.4 0H16v1.4h-2.6zM2 3l1-1 1.9 1.8-1 1zm9.2 9.1 1-1L14 13l-1 1zM13 2l1 1-1.8 1.9-1-1zM3.800 11.100l1 1L3 14l-1-1z',
  dark: 'M6.2 1.3A7 7 0 1 0 14.700 9.800 5.600 5.600 0 0 1 6.200 1.300z',
};

/** Goes round: as the system, light, dark. */
export function ThemeButton() {
  const { theme, next, advance } = useTheme();
  const name = `Theme: ${theme}. Change to ${next}.`;
  return (
    <button type="button" class="icon-button" aria-label={name} title={name} onClick={advance}>
      <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
        <path d={ICONS[theme]} fill="currentColor" />
      </svg>
    </button>
  );
}

/** The `id` of a field's control; a name may hold anything, an `id` no space. */
export const fieldId = (name: string): string => `field-${encodeURIComponent(name)}`;

/** Puts the focus on a field's control; of a group on what is chosen in it, else on its first. */
export function focusField(name: string): void {
  const control = document.getElementById(fieldId(name));
  const isGroup = control !== null && !control.matches('input, select, textarea, [tabindex]');
  const target = isGroup ? (control.querySelector('input:checked') ?? control.querySelector('input')) : control;
  (target as HTMLElement | null)?.focus();
}

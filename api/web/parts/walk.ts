/** Lists that are no tables are walked by the arrow keys as tables are: from one main control of a row to the next. */

/** Marks the main control of a row. */
export const STOP: { readonly 'data-stop': true } = { 'data-stop': true };

/** For `onKeyDown` of the list. */
export function walk(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement)) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const at = stops.indexOf(event.target);
  if (at < 0) return;
  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

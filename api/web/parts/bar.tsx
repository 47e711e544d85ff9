import { percentWords } from './words.ts';

/** A share, as a bar and in words. */
export function Bar({ share, label }: { readonly share: number; readonly label: string }) {
  return (
    <span title={`${label}: ${percentWords(share)}`}>
      <span class="bar" aria-hidden="true">
        <i style={{ width: `${Math.round(100 * share)}%` }} />
      </span>
      <span class="number">{percentWords(share)}</span>
    </span>
  );
}

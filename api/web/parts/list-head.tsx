import { Download } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { countWords } from './words.ts';

interface ListHeadProps {
  readonly title: string;
  /** Of what the filters leave; undefined until it is known. */
  readonly count?: number | undefined;
  /** Saves exactly what is shown. */
  readonly onCsv: () => void;
  /** Search and filters. */
  readonly children: ComponentChildren;
  /** Beside the button for CSV, e.g. the choice of columns. */
  readonly aside?: ComponentChildren;
}

/** The head of a list: what it is, how many there are, how it is filtered, and the way to take it along. */
export function ListHead({ title, count, onCsv, children, aside }: ListHeadProps) {
  return (
    <div class="title">
      <h1>{title}</h1>
      <span class="soft" role="status">
        {count !== undefined && countWords(count)}
      </span>
      {children}
      <span class="spread" />
      {aside}
      <button type="button" title="What is shown, as CSV" onClick={onCsv}>
        <Download size={15} aria-hidden="true" /> CSV
      </button>
    </div>
  );
}

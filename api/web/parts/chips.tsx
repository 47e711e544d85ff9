/** Filters in force, each to be taken away by a click. */
import { X } from 'lucide-preact';

export interface Filter {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

interface ChipsProps {
  readonly filters: readonly Filter[];
  readonly onRemove: (key: string) => void;
}

export function Chips({ filters, onRemove }: ChipsProps) {
  if (filters.length === 0) return null;
  return (
    <ul class="row chips" aria-label="Filters">
      {filters.map(({ key, label, value }) => (
        <li key={key} class="chip">
          <span class="soft">{label}:</span> {value}
          <button type="button" aria-label={`Remove the filter ${label}: ${value}`} onClick={() => onRemove(key)}>
            <X size={13} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Which columns of a table are shown: chosen by the reader, kept in this browser. */
import { Columns3 } from 'lucide-preact';
import { useState } from 'preact/hooks';

interface Named {
  readonly id: string;
  readonly heading: string;
}

export interface ColumnChoice<Column> {
  readonly shown: readonly Column[];
  readonly isShown: (id: string) => boolean;
  readonly toggle: (id: string) => void;
}

/** @param hidden ids of columns that are shown only when asked for */
export function useColumns<Column extends Named>(
  name: string,
  columns: readonly Column[],
  hidden: readonly string[] = [],
): ColumnChoice<Column> {
  const key = `fieldmark.columns:${name}`;
  const [off, setOff] = useState<readonly string[]>(() => {
    const kept = localStorage.getItem(key);
    return kept === null ? hidden : (JSON.parse(kept) as string[]);
  });
  return {
    shown: columns.filter(({ id }) => !off.includes(id)),
    isShown: (id) => !off.includes(id),
    toggle: (id) => {
      const next = off.includes(id) ? off.filter((other) => other !== id) : [...off, id];
      localStorage.setItem(key, JSON.stringify(next));
      setOff(next);
    },
  };
}

interface ColumnMenuProps {
  readonly columns: readonly Named[];
  readonly choice: ColumnChoice<unknown>;
}

export function ColumnMenu({ columns, choice }: ColumnMenuProps) {
  return (
    <details class="menu">
      <summary class="button">
        <Columns3 size={15} aria-hidden="true" /> Columns
      </summary>
      <div class="menu-body">
        {columns.map(({ id, heading }) => (
          <label key={id}>
            <input type="checkbox" checked={choice.isShown(id)} onChange={() => choice.toggle(id)} /> {heading}
          </label>
        ))}
      </div>
    </details>
  );
}

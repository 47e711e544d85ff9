import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { useSearch } from '../data/search.ts';
import { Dialog } from '../parts/dialog.tsx';

/** Finds assets, zones, protocols and views by what one types. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [, navigate] = useLocation();
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState(0);
  const { results, searching } = useSearch(words);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[current]?.scrollIntoView({ block: 'nearest' }), [current]);
  const open = (at: number) => {
    const result = results[at];
    if (result === undefined) return;
    navigate(result.href);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setCurrent(Math.min(results.length - 1, Math.max(0, current + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(current);
    }
  };
  return (
    <Dialog label="Search" class="palette" onClose={onClose}>
      <input
        type="search"
        placeholder="An address, a name, a vendor, a zone, a protocol, a view …"
        aria-label="Search"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-results"
        aria-activedescendant={results.length > 0 ? `palette-${current}` : undefined}
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setCurrent(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-results" class="results" ref={list} role="listbox" aria-label="Results">
        {results.map(({ href, title, kind }, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as a combobox has them
          <div
            key={`${kind} ${href}`}
            id={`palette-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === current}
            onClick={() => open(at)}
          >
            {title} <span class="soft">{kind}</span>
          </div>
        ))}
        {results.length === 0 && <div class="soft">{searching ? 'Searching …' : 'Nothing has these words.'}</div>}
      </div>
    </Dialog>
  );
}

import { Monitor, Moon, Search, Sun } from 'lucide-preact';
import { connection } from '../data/live.ts';
import { useSource } from '../data/source.ts';
import { Span } from '../parts/values.tsx';
import { countWords, percentWords } from '../parts/words.ts';
import { nextTheme, theme } from './theme.ts';

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** What is being looked at, the search, and the theme. */
export function Header({ onSearch }: { readonly onSearch: () => void }) {
  const ThemeIcon = THEME_ICONS[theme.value];
  return (
    <header class="header">
      <Source />
      <button type="button" class="searching" onClick={onSearch}>
        <span class="row">
          <Search size={15} aria-hidden="true" /> Search
        </span>
        <kbd>Ctrl K</kbd>
      </button>
      <button type="button" class="plain" onClick={nextTheme} aria-label={`Theme: ${theme.value}. Change`}>
        <ThemeIcon size={17} aria-hidden="true" />
      </button>
    </header>
  );
}

function Source() {
  const { data } = useSource();
  if (connection.value === 'lost') {
    return (
      <div class="source" role="status">
        <strong>Connection lost: what is shown may be old</strong>
      </div>
    );
  }
  if (data === undefined) return <div class="source" />;
  const { name, packets, firstSeen, lastSeen, lossShare } = data;
  return (
    <div class="source">
      <strong>{name}</strong>
      <span>{countWords(packets)} packets</span>
      {firstSeen !== null && lastSeen !== null && (
        <span>
          <Span from={firstSeen} to={lastSeen} />
        </span>
      )}
      <span title="Share of packets that the capture lost or cut">loss {percentWords(lossShare)}</span>
    </div>
  );
}

/** What the search finds: views at once, assets and zones as the service knows them. */
import { useEffect, useState } from 'preact/hooks';
import { VIEWS } from '../views/views.ts';
import { useResource } from './resource.ts';

export interface SearchResult {
  readonly title: string;
  readonly kind: string;
  readonly href: string;
}

interface FoundAsset {
  readonly id: string;
  readonly ip: readonly string[];
  readonly mac: readonly string[];
  readonly names: readonly string[];
  readonly vendor: string | null;
  readonly model: string | null;
}

interface FoundZone {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

const WAIT = 120;
const MOST = 30;

export interface Search {
  readonly results: readonly SearchResult[];
  /** The service has been asked, and has not answered yet. */
  readonly searching: boolean;
}

export function useSearch(words: string): Search {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words.trim()), WAIT);
    return () => clearTimeout(timer);
  }, [words]);
  const asked = settled === '' ? null : settled;
  const assets = useResource<{ readonly items: readonly FoundAsset[] }>(
    asked && `/assets?q=${encodeURIComponent(asked)}&limit=${MOST}`,
  );
  const zones = useResource<{ readonly items: readonly FoundZone[] }>(asked && '/zones');
  const overview = useResource<{ readonly conversationsByProtocol: Readonly<Record<string, number>> }>(
    asked && '/overview',
  );
  const searching = settled !== words.trim() || [assets, zones, overview].some(({ loading }) => loading);
  const has = (text: string) => text.toLowerCase().includes(words.trim().toLowerCase());
  const views = VIEWS.filter(({ label }) => has(label)).map(({ label, path }) => {
    return { title: label, kind: 'view', href: path };
  });
  if (asked === null || asked !== words.trim()) return { results: views, searching };
  const foundZones = (zones.data?.items ?? []).filter(({ id, name }) => has(name) || has(id));
  const foundAssets = assets.data?.items ?? [];
  const protocols = Object.keys(overview.data?.conversationsByProtocol ?? {}).filter(has);
  const results = [
    ...views,
    ...foundZones.map(({ id, name, kind }) => ({
      title: name,
      kind: `${kind} zone`,
      href: `/zones/${encodeURIComponent(id)}`,
    })),
    ...protocols.map((name) => ({
      title: name,
      kind: 'protocol',
      href: `/assets?protocol=${encodeURIComponent(name)}`,
    })),
    ...foundAssets.map(({ id, ip, mac, names, vendor, model }) => ({
      title: [names[0], ip[0] ?? mac[0]].filter(Boolean).join('  '),
      kind: [vendor, model].filter(Boolean).join(' ') || 'asset',
      href: `/assets/${encodeURIComponent(id)}`,
    })),
  ].slice(0, MOST);
  return { results, searching };
}

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
  readonly protocols: readonly { readonly name: string }[];
}

interface FoundZone {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

const WAIT = 120;
const MOST = 30;

export function useSearchResults(words: string): readonly SearchResult[] {
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
  const has = (text: string) => text.toLowerCase().includes(words.trim().toLowerCase());
  const views = VIEWS.filter(({ label }) => has(label)).map(({ label, path }) => {
    return { title: label, kind: 'view', href: path };
  });
  if (asked === null) return views;
  const foundZones = (zones.data?.items ?? []).filter(({ id, name }) => has(name) || has(id));
  const foundAssets = assets.data?.items ?? [];
  const protocols = [...new Set(foundAssets.flatMap((asset) => asset.protocols.map(({ name }) => name)))].filter(has);
  return [
    ...views,
    ...foundZones.map(({ id, name, kind }) => ({ title: name, kind: `${kind} zone`, href: `/zones/${id}` })),
    ...protocols.map((name) => ({ title: name, kind: 'protocol', href: `/assets?protocol=${name}` })),
    ...foundAssets.map(({ id, ip, mac, names, vendor, model }) => ({
      title: [names[0], ip[0] ?? mac[0]].filter(Boolean).join('  '),
      kind: [vendor, model].filter(Boolean).join(' ') || 'asset',
      href: `/assets/${encodeURIComponent(id)}`,
    })),
  ].slice(0, MOST);
}

import { Link } from 'wouter-preact';
import type { Asset } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Role } from '../../parts/role.tsx';
import { countWords, percentWords } from '../../parts/words.ts';
import { EvidenceTable } from '../assets/evidence.tsx';
import { AssetFacts } from '../assets/facts.tsx';
import { TalkTable } from '../assets/talks.tsx';
import type { MapData } from './elements.ts';

interface AssetDrawerProps {
  readonly asset: Asset;
  readonly data: MapData;
  readonly onClose: () => void;
}

/** Who the asset is, by which evidence, and who it talks to; a click on the other end goes there on the map. */
export function AssetDrawer({ asset, data, onClose }: AssetDrawerProps) {
  const path = `/assets/${encodeURIComponent(asset.id)}`;
  const nameOf = (id: string) => {
    const other = data.assets.find((candidate) => candidate.id === id);
    return other === undefined ? id : assetName(other);
  };
  const pairs = data.pairs.filter(
    ({ from, to }) => from !== to && from !== '' && to !== '' && (from === asset.id || to === asset.id),
  );
  return (
    <Drawer
      label={`Asset ${asset.ip[0] ?? asset.mac[0] ?? asset.id}`}
      onClose={onClose}
      title={<h2>{assetName(asset)}</h2>}
    >
      <p>
        <Role of={asset.role} reasons={asset.roleReasons} />{' '}
        <span class="soft">({percentWords(asset.roleConfidence)} sure)</span>
      </p>
      <AssetFacts asset={asset} zone={data.zones.find(({ id }) => id === asset.zone)} />
      <p>
        <Link href={path}>All evidence, history and conversations</Link>
      </p>
      <h3>Talks with {countWords(pairs.length)}</h3>
      <TalkTable brief id={asset.id} pairs={pairs} nameOf={nameOf} hrefOf={onMap} />
      <h3>How it is known</h3>
      <EvidenceTable brief path={path} />
    </Drawer>
  );
}

/** The same view of the map, with another asset chosen. */
function onMap(id: string): string {
  const query = new URLSearchParams(location.search);
  query.set('asset', id);
  return `/map?${query}`;
}

/** What is known of the thing that was chosen on the map, with the way to all of it. */
import { AssetDrawer } from './asset-drawer.tsx';
import type { Choice } from './canvas.ts';
import { ConduitDrawer } from './conduit-drawer.tsx';
import type { MapData } from './elements.ts';
import { ZoneDrawer } from './zone-drawer.tsx';

interface ChoiceProps {
  readonly choice: Choice;
  readonly data: MapData;
  readonly onClose: () => void;
}

export function ChoiceDrawer({ choice, data, onClose }: ChoiceProps) {
  if (choice.kind === 'asset') {
    const asset = data.assets.find(({ id }) => id === choice.id);
    return asset === undefined ? null : <AssetDrawer asset={asset} data={data} onClose={onClose} />;
  }
  if (choice.kind === 'zone') {
    const zone = data.zones.find(({ id }) => id === choice.id);
    return zone === undefined ? null : <ZoneDrawer zone={zone} data={data} onClose={onClose} />;
  }
  const [one, other] = choice.ends;
  const conduits = data.conduits.filter(
    ({ from, to }) => (from === one && to === other) || (from === other && to === one),
  );
  return <ConduitDrawer ends={choice.ends} conduits={conduits} data={data} onClose={onClose} />;
}

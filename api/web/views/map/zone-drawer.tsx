import { Link } from 'wouter-preact';
import type { Zone } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Role } from '../../parts/role.tsx';
import { ZoneKind } from '../../parts/values.tsx';
import { countWords } from '../../parts/words.ts';
import { devicesOf, type MapData, NO_ZONE } from './elements.ts';

interface ZoneDrawerProps {
  readonly zone: Zone;
  readonly data: MapData;
  readonly onClose: () => void;
}

/** Why the zone is one, and who is in it. */
export function ZoneDrawer({ zone, data, onClose }: ZoneDrawerProps) {
  const members = devicesOf(data.assets).filter((asset) => (asset.zone ?? NO_ZONE) === zone.id);
  return (
    <Drawer label={`Zone ${zone.name}`} onClose={onClose} title={<h2>{zone.name}</h2>}>
      <p>
        <ZoneKind kind={zone.kind} /> · SL-T {zone.securityLevelTarget}
      </p>
      <ul>
        {zone.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p>
        <Link href={`/zones/${encodeURIComponent(zone.id)}`}>Members, reasons and conduits</Link>
      </p>
      <h3>{countWords(members.length)} assets</h3>
      <table class="plain">
        <tbody>
          {members.map((asset) => (
            <tr key={asset.id}>
              <td>
                <Link href={`/assets/${encodeURIComponent(asset.id)}`}>{assetName(asset)}</Link>
              </td>
              <td>
                <Role of={asset.role} reasons={asset.roleReasons} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Drawer>
  );
}

/** What is known of the thing that was chosen on the map, with the way to all of it. */
import { Link } from 'wouter-preact';
import type { Asset, Conduit, Zone } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Access, Known, Time, ZoneKind } from '../../parts/values.tsx';
import { bytesWords, countWords, percentWords } from '../../parts/words.ts';
import type { Choice } from './canvas.ts';
import { devicesOf, type MapData, NO_ZONE } from './elements.ts';
import { strongestAccess } from './filters.ts';

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

interface AssetDrawerProps {
  readonly asset: Asset;
  readonly data: MapData;
  readonly onClose: () => void;
}

function AssetDrawer({ asset, data, onClose }: AssetDrawerProps) {
  const zone = data.zones.find(({ id }) => id === asset.zone);
  const nameOf = (id: string) => {
    const other = data.assets.find((candidate) => candidate.id === id);
    return other === undefined ? id : assetName(other);
  };
  const talks = data.pairs
    .filter(({ from, to }) => from !== to && (from === asset.id || to === asset.id))
    .map((pair) => ({ pair, other: pair.from === asset.id ? pair.to : pair.from }))
    .filter(({ other }) => other !== '');
  const address = asset.ip[0] ?? asset.mac[0] ?? asset.id;
  return (
    <Drawer label={`Asset ${address}`} onClose={onClose} title={<h2>{assetName(asset)}</h2>}>
      <dl class="facts">
        <dt>Role</dt>
        <dd>
          {asset.role} <span class="soft">({percentWords(asset.roleConfidence)} sure)</span>
        </dd>
        <dt>Zone</dt>
        <dd>
          {zone === undefined ? (
            'none'
          ) : (
            <Link href={`/zones/${encodeURIComponent(zone.id)}`}>
              {zone.name} <ZoneKind kind={zone.kind} />
            </Link>
          )}
        </dd>
        <dt>Level</dt>
        <dd>
          <Known value={asset.purdueLevel} why="its traffic does not tell" />
        </dd>
        <dt>Addresses</dt>
        <dd class="mono">{[...asset.ip, ...asset.mac].join(', ')}</dd>
        <dt>Vendor</dt>
        <dd>
          <Known value={asset.vendor} />
        </dd>
        <dt>Product</dt>
        <dd>
          <Known value={asset.product ?? asset.model} />
        </dd>
        <dt>Firmware</dt>
        <dd>
          <Known value={asset.firmware} />
        </dd>
        <dt>Last heard</dt>
        <dd>
          <Time at={asset.lastSeen} />
        </dd>
      </dl>
      <p>
        <Link href={`/assets/${encodeURIComponent(asset.id)}`}>All evidence, history and conversations</Link>
      </p>
      <h3>Talks with {countWords(talks.length)}</h3>
      <table class="plain">
        <tbody>
          {talks.map(({ pair, other }) => (
            <tr key={`${pair.from} ${pair.to}`}>
              <td>
                <span class="soft">{pair.from === asset.id ? 'asks' : 'asked by'}</span> {nameOf(other)}
              </td>
              <td>{pair.protocols.map(({ protocol }) => protocol).join(', ')}</td>
              <td>
                <Access of={strongestAccess(pair)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Drawer>
  );
}

interface ZoneDrawerProps {
  readonly zone: Zone;
  readonly data: MapData;
  readonly onClose: () => void;
}

function ZoneDrawer({ zone, data, onClose }: ZoneDrawerProps) {
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
              <td>{asset.role}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Drawer>
  );
}

interface ConduitDrawerProps {
  readonly ends: readonly [string, string];
  readonly conduits: readonly Conduit[];
  readonly data: MapData;
  readonly onClose: () => void;
}

function ConduitDrawer({ ends, conduits, data, onClose }: ConduitDrawerProps) {
  const nameOf = (id: string) => data.zones.find((zone) => zone.id === id)?.name ?? id;
  const violations = data.violations.filter(
    ({ fromZone, toZone }) =>
      fromZone !== null && toZone !== null && fromZone !== toZone && ends.includes(fromZone) && ends.includes(toZone),
  );
  const title = `${nameOf(ends[0])} and ${nameOf(ends[1])}`;
  return (
    <Drawer label={`Conduits between ${title}`} onClose={onClose} title={<h2>{title}</h2>}>
      {conduits.length === 0 && <p>No conduit: whatever passes here is not allowed.</p>}
      {conduits.map(({ id, from, to, status, allow, boundary, traffic }) => (
        <section key={id}>
          <h3>
            {nameOf(from)} → {nameOf(to)} <span class="chip">{status}</span>
          </h3>
          <ul>
            {allow.map(({ protocol, access }) => (
              <li key={protocol}>
                {protocol} <span class="soft">{access === undefined ? 'any access' : access.join(', ')}</span>
              </li>
            ))}
          </ul>
          <p>
            <Link href={`/zones?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`}>
              Decide about this border
            </Link>
          </p>
          <p class="soft">
            {traffic === null
              ? 'Nothing used it.'
              : `${countWords(traffic.packets)} packets, ${bytesWords(traffic.bytes)}`}
          </p>
          {boundary.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </section>
      ))}
      {violations.length > 0 && (
        <p>
          <Link href="/findings?show=violations">{countWords(violations.length)} violations</Link>
        </p>
      )}
    </Drawer>
  );
}

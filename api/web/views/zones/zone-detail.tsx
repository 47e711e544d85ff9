import { GripVertical } from 'lucide-preact';
import { Link } from 'wouter-preact';
import type { Asset } from '../../data/model.ts';
import { countWords, percentWords } from '../../parts/words.ts';
import { changeZone } from './draft.ts';
import type { Draft, Preview, PreviewZone } from './use-draft.ts';

interface ZoneDetailProps {
  readonly zone: PreviewZone;
  readonly draft: Draft;
  readonly preview: Preview;
  readonly assets: readonly Asset[];
  readonly onMove: (asset: Asset, zone: string) => void;
}

const KINDS = ['enterprise', 'dmz', 'supervisory', 'control', 'safety', 'field', 'remote', 'external'];
const LEVELS = [0, 1, 2, 3, 4];

/** One zone: its name, kind and target, who is in it and why, and its borders. */
export function ZoneDetail({ zone, draft, preview, assets, onMove }: ZoneDetailProps) {
  const { id, name, kind, securityLevelTarget, members, reasons, rationale } = zone;
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const nameOf = (other: string) => preview.zones.find((one) => one.id === other)?.name ?? other;
  return (
    <>
      <section class="panel">
        <div class="body zone-head">
          <label class="field">
            Name
            <input
              value={name}
              onChange={({ currentTarget: { value } }) =>
                draft.change(`${name} is called ${value}`, changeZone(id, { name: value }))
              }
            />
          </label>
          <label class="field">
            Kind
            <select
              value={kind}
              onChange={({ currentTarget: { value } }) =>
                draft.change(`${name} is a ${value} zone`, changeZone(id, { kind: value }))
              }
            >
              {KINDS.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label class="field">
            Security level target
            <select
              value={securityLevelTarget}
              onChange={({ currentTarget: { value } }) =>
                draft.change(`${name} has SL-T ${value}`, changeZone(id, { securityLevelTarget: Number(value) }))
              }
            >
              {LEVELS.map((level) => (
                <option key={level} value={level}>
                  SL {level}
                </option>
              ))}
            </select>
          </label>
          <div>
            {reasons.map((reason) => (
              <p key={reason}>{reason}</p>
            ))}
            {rationale.map((reason) => (
              <p key={reason} class="soft">
                {reason}
              </p>
            ))}
          </div>
        </div>
      </section>
      <Borders zone={id} preview={preview} nameOf={nameOf} />
      <section class="panel" aria-labelledby="members">
        <header>
          <h2 id="members">Members</h2>
          <span class="soft">{countWords(members.length)}; drag one onto another zone, or choose it</span>
        </header>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Asset</th>
              <th scope="col">Role</th>
              <th scope="col">Why here</th>
              <th scope="col">Else</th>
              <th scope="col">Zone</th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ assetId, reasons: why, runnerUp, margin }) => {
              const asset = byId.get(assetId);
              if (asset === undefined || asset.parent !== null) return null;
              const label = asset.names[0] ?? asset.ip[0] ?? asset.mac[0] ?? assetId;
              return (
                <tr key={assetId} draggable onDragStart={(event) => event.dataTransfer?.setData('text/plain', assetId)}>
                  <td>
                    <GripVertical size={14} class="grip" aria-hidden="true" />
                    <Link href={`/assets/${encodeURIComponent(assetId)}`}>{label}</Link>
                    {asset.ip[0] !== undefined && asset.ip[0] !== label && (
                      <span class="mono soft"> {asset.ip[0]}</span>
                    )}
                  </td>
                  <td>{asset.role}</td>
                  <td>{why.join('; ')}</td>
                  <td class="soft">
                    {runnerUp === null ? (
                      'nothing speaks for another'
                    ) : (
                      <span title={runnerUp.reasons.join('; ')}>
                        {nameOf(runnerUp.zoneId)}, by {percentWords(margin)} less
                      </span>
                    )}
                  </td>
                  <td>
                    <select
                      aria-label={`Zone of ${label}`}
                      value={id}
                      onChange={(event) => onMove(asset, event.currentTarget.value)}
                    >
                      {preview.zones.map((other) => (
                        <option key={other.id} value={other.id}>
                          {other.name}
                        </option>
                      ))}
                    </select>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface BordersProps {
  readonly zone: string;
  readonly preview: Preview;
  readonly nameOf: (id: string) => string;
}

/** Every other zone that something passes to or from. */
function Borders({ zone, preview, nameOf }: BordersProps) {
  const borders = new Map<string, { from: string; to: string; allowed: number; flagged: number; status: string }>();
  const border = (from: string, to: string) => {
    const key = `${from} ${to}`;
    const known = borders.get(key) ?? { from, to, allowed: 0, flagged: 0, status: 'no conduit' };
    borders.set(key, known);
    return known;
  };
  for (const { from, to, allow, status } of preview.conduits) {
    if (from !== zone && to !== zone) continue;
    const entry = border(from, to);
    entry.allowed += allow.length;
    entry.status = status;
  }
  for (const { fromZone, toZone } of preview.violations) {
    if (fromZone === null || toZone === null || (fromZone !== zone && toZone !== zone)) continue;
    border(fromZone, toZone).flagged++;
  }
  if (borders.size === 0) return <p class="soft">Nothing passes its borders.</p>;
  return (
    <section class="panel" aria-labelledby="borders">
      <header>
        <h2 id="borders">Conduits</h2>
      </header>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Clients in → servers in</th>
            <th scope="col">Allows</th>
            <th scope="col">Decision</th>
            <th scope="col">Flagged</th>
          </tr>
        </thead>
        <tbody>
          {[...borders.values()].map(({ from, to, allowed, flagged, status }) => (
            <tr key={`${from} ${to}`}>
              <td>
                <Link href={`/zones?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`}>
                  {nameOf(from)} → {nameOf(to)}
                </Link>
              </td>
              <td>
                {countWords(allowed)} {allowed === 1 ? 'protocol' : 'protocols'}
              </td>
              <td>
                <span class="chip">{status}</span>
              </td>
              <td>{flagged > 0 && <span class="chip flagged">{countWords(flagged)} flows</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

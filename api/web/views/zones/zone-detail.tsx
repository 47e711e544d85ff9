import { GripVertical, Lock, LockOpen } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { roleWords } from '../../../../agent/baseline/words.ts';
import { useAll } from '../../data/all.ts';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { Asset, Conduit, Zone, ZoneMember } from '../../data/model.ts';
import { assetName } from '../../data/names.ts';
import { useResource } from '../../data/resource.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { Known, Unknown } from '../../parts/values.tsx';
import { countWords, percentWords } from '../../parts/words.ts';
import { changeZone } from './draft.ts';
import { membersWithProposal } from './proposal.ts';
import type { Draft, Preview, PreviewZone } from './use-draft.ts';

interface ZoneDetailProps {
  readonly zone: PreviewZone;
  readonly draft: Draft;
  readonly preview: Preview;
  readonly assets: readonly Asset[];
  readonly onMove: (asset: Asset, zone: string) => void;
}

export const KINDS = ['enterprise', 'dmz', 'supervisory', 'control', 'safety', 'field', 'remote', 'external'];
const LEVELS = [0, 1, 2, 3, 4];

/** One zone: its name, kind and target, who is in it and why, and its borders. */
export function ZoneDetail({ zone, draft, preview, assets, onMove }: ZoneDetailProps) {
  const { id, name, kind, securityLevelTarget, reasons, rationale } = zone;
  const zones = useAll<Zone>('/zones?fields=id');
  const proposed = zones.data?.items.some((one) => one.id === id) ?? false;
  const own = useResource<readonly ZoneMember[]>(
    !draft.saved && proposed ? `/zones/${encodeURIComponent(id)}/members` : null,
  );
  const members = own.data === undefined ? zone.members : membersWithProposal(zone.members, own.data);
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const devices = members.flatMap((member) => {
    const asset = byId.get(member.assetId);
    return asset === undefined || asset.parent !== null ? [] : [{ ...member, asset }];
  });
  const parts = members.length - devices.length;
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
          <div class="zone-why">
            <div>
              {[...reasons, ...rationale.map((reason) => `SL-T ${securityLevelTarget}: ${reason}`)].map((reason) => (
                <p key={reason}>{reason}</p>
              ))}
            </div>
            {!draft.saved && proposed && <ZoneLock zone={zone} />}
          </div>
        </div>
      </section>
      <Borders zone={id} preview={preview} nameOf={nameOf} />
      <section class="panel" aria-labelledby="members">
        <header>
          <h2 id="members">Members</h2>
          <span class="soft">
            {countWords(devices.length)}
            {parts > 0 && ` and ${countWords(parts)} parts behind them`}; drag one onto another zone, or choose it
          </span>
        </header>
        <table class="plain members">
          <thead>
            <tr>
              <th scope="col">Asset</th>
              <th scope="col">Why here</th>
              <th scope="col" title="The zone that is next likely, and by how much less">
                Next likely
              </th>
              <th scope="col">Zone</th>
            </tr>
          </thead>
          <tbody>
            {devices.map(({ asset, reasons: why, runnerUp, margin }) => {
              const assetId = asset.id;
              const label = assetName(asset);
              return (
                <tr key={assetId} draggable onDragStart={(event) => event.dataTransfer?.setData('text/plain', assetId)}>
                  <td>
                    <div title={label}>
                      <GripVertical size={14} class="grip" aria-hidden="true" />
                      <Link href={`/assets/${encodeURIComponent(assetId)}`}>{label}</Link>
                    </div>
                    <div class="soft indented">
                      {roleWords(asset.role)}
                      {asset.ip[0] !== undefined && asset.ip[0] !== label && <span class="mono"> {asset.ip[0]}</span>}
                    </div>
                  </td>
                  <td title={why.join('; ')}>
                    {why[0]}
                    {why.length > 1 && <span class="soft"> +{why.length - 1}</span>}
                  </td>
                  <td class="soft">
                    {runnerUp === null ? (
                      <Unknown why="nothing speaks for another zone" />
                    ) : (
                      <div title={`${nameOf(runnerUp.zoneId)}: ${runnerUp.reasons.join('; ')}`}>
                        {nameOf(runnerUp.zoneId)}
                        <br />
                        by {percentWords(margin)} less
                      </div>
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

/** A locked zone keeps its members, whatever new traffic speaks for. */
function ZoneLock({ zone: { id, name, locked } }: { readonly zone: PreviewZone }) {
  const [asking, setAsking] = useState(false);
  const path = `/zones/${encodeURIComponent(id)}/decision`;
  const changed = () => {
    revision.value += 1;
  };
  return (
    <>
      {locked ? (
        <button
          type="button"
          title="New traffic may move its members again"
          onClick={() => void send('DELETE', path).then(changed, changed)}
        >
          <LockOpen size={15} aria-hidden="true" /> Unlock
        </button>
      ) : (
        <button type="button" title="New traffic no longer moves its members" onClick={() => setAsking(true)}>
          <Lock size={15} aria-hidden="true" /> Lock
        </button>
      )}
      {asking && (
        <ReasonDialog
          title={`Lock ${name}`}
          action="Lock"
          onDecide={(reason) => send('PUT', path, { locked: true, reason }).then(changed)}
          onClose={() => setAsking(false)}
        >
          It keeps the members it has now, whatever new traffic speaks for.
        </ReasonDialog>
      )}
    </>
  );
}

interface BordersProps {
  readonly zone: string;
  readonly preview: Preview;
  readonly nameOf: (id: string) => string;
}

interface Crossing {
  readonly from: string;
  readonly to: string;
  readonly conduits: readonly Conduit[];
  readonly flagged: number;
}

const MOST_PROTOCOLS = 5;

/** Every other zone that something passes to or from. */
function Borders({ zone, preview, nameOf }: BordersProps) {
  const crossings = crossingsOf(zone, preview);
  if (crossings.length === 0) return <p class="soft">Nothing passes its borders.</p>;
  return (
    <section class="panel" aria-labelledby="borders">
      <header>
        <h2 id="borders">Conduits</h2>
        <span class="soft">
          {countWords(crossings.length)}; from the zone of the clients to the zone of the servers
        </span>
      </header>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Other zone</th>
            <th scope="col">Allows</th>
            <th scope="col">Boundary</th>
            <th scope="col">Decision</th>
            <th scope="col">Flagged</th>
          </tr>
        </thead>
        <tbody>
          {crossings.map(({ from, to, conduits, flagged }) => {
            const protocols = conduits.flatMap(({ allow }) => allow.map(({ protocol }) => protocol));
            return (
              <tr key={`${from} ${to}`}>
                <td>
                  <span class="soft">{from === zone ? 'to' : 'from'}</span>{' '}
                  <Link href={`/zones?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`}>
                    {nameOf(from === zone ? to : from)}
                  </Link>
                </td>
                <td title={protocols.join(', ')}>
                  <Known
                    value={protocols.slice(0, MOST_PROTOCOLS).join(', ')}
                    why="nothing: no conduit leads this way"
                  />
                  {protocols.length > MOST_PROTOCOLS && <span class="soft"> +{protocols.length - MOST_PROTOCOLS}</span>}
                </td>
                <td class="soft" title={conduits.flatMap(({ boundary }) => boundary.reasons).join('; ')}>
                  {conduits[0]?.boundary.observed ?? ''}
                </td>
                <td>
                  <span class="chip">{conduits[0]?.status ?? 'no conduit'}</span>
                </td>
                <td>
                  {flagged > 0 && (
                    <span class="chip flagged">
                      {countWords(flagged)} {flagged === 1 ? 'flow' : 'flows'}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function crossingsOf(zone: string, { conduits, violations }: Preview): Crossing[] {
  const crossings = new Map<string, { from: string; to: string; conduits: Conduit[]; flagged: number }>();
  const crossing = (from: string, to: string) => {
    const key = `${from} ${to}`;
    const known = crossings.get(key) ?? { from, to, conduits: [], flagged: 0 };
    crossings.set(key, known);
    return known;
  };
  for (const conduit of conduits) {
    const { from, to } = conduit;
    if ((from === zone) !== (to === zone)) crossing(from, to).conduits.push(conduit);
  }
  for (const { fromZone, toZone } of violations) {
    if (fromZone === null || toZone === null || (fromZone === zone) === (toZone === zone)) continue;
    crossing(fromZone, toZone).flagged++;
  }
  return [...crossings.values()];
}

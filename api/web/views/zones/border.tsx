/** What may pass from one zone to another, what did, and the decision about it. */
import { ArrowLeft, Ban, Check, Undo2 } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { Conduit } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { Access, Severity, Time } from '../../parts/values.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';
import { allow, conduitsOf, forbid } from './draft.ts';
import type { Draft, Preview } from './use-draft.ts';

interface BorderProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly from: string;
  readonly to: string;
}

export function Border({ draft, preview, from, to }: BorderProps) {
  const nameOf = (id: string) => preview.zones.find((zone) => zone.id === id)?.name ?? id;
  const assetNames = useAssetNames();
  const assetOf = (id: string | null, address: string) => (id === null ? address : assetNames(id));
  const conduits = preview.conduits.filter((conduit) => conduit.from === from && conduit.to === to);
  const flagged = preview.violations.filter((violation) => violation.fromZone === from && violation.toZone === to);
  const drafted = new Set(conduitsOf(draft.text ?? '').map(({ id }) => id));
  return (
    <>
      <div>
        <Link href={`/zones/${encodeURIComponent(from)}`}>
          <ArrowLeft size={14} aria-hidden="true" /> {nameOf(from)}
        </Link>
        <div class="row">
          <h1>
            {nameOf(from)} → {nameOf(to)}
          </h1>
          <span class="spread" />
          <Link href={`/matrix?cell=${encodeURIComponent(`${from} ${to}`)}`}>What passes</Link>
        </div>
      </div>
      {conduits.length === 0 && <p>No conduit leads this way: whatever passes is flagged.</p>}
      {conduits.map((conduit) => (
        <ConduitPanel key={conduit.id} conduit={conduit} draft={draft} editable={drafted.has(conduit.id)} />
      ))}
      {flagged.length > 0 && (
        <section class="panel" aria-labelledby="flagged">
          <header>
            <h2 id="flagged">Flagged in the traffic that was heard</h2>
          </header>
          <table class="plain">
            <tbody>
              {flagged.map((violation) => (
                <tr key={violation.id}>
                  <td>
                    <Severity of={violation.severity} />
                  </td>
                  <td title={`${violation.client} → ${violation.server}`}>
                    {assetOf(violation.clientId, violation.client)} → {assetOf(violation.serverId, violation.server)}
                  </td>
                  <td>{violation.protocol}</td>
                  <td>
                    <span class="row">
                      {violation.accesses.map((access) => (
                        <Access key={access} of={access} />
                      ))}
                    </span>
                  </td>
                  <td class="number">{countWords(violation.packets)} packets</td>
                  <td>
                    <button
                      type="button"
                      onClick={() =>
                        draft.change(
                          `${violation.protocol} may pass from ${nameOf(from)} to ${nameOf(to)}`,
                          allow(from, to, {
                            protocol: violation.protocol,
                            access: violation.accesses.length === 0 ? undefined : violation.accesses,
                          }),
                        )
                      }
                    >
                      Allow
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

interface ConduitPanelProps {
  readonly conduit: Conduit;
  readonly draft: Draft;
  readonly editable: boolean;
}

function ConduitPanel({ conduit, draft, editable }: ConduitPanelProps) {
  const [deciding, setDeciding] = useState<'approved' | 'rejected' | null>(null);
  const { id, status, decision, allow: allowed, boundary, traffic } = conduit;
  const path = `/conduits/${encodeURIComponent(id)}/decision`;
  return (
    <section class="panel" aria-label={`Conduit ${id}`}>
      <header>
        <h2>Conduit</h2>
        <span class="chip">{status}</span>
        <span class="spread" />
        {decision !== null && (
          <button
            type="button"
            class="plain"
            onClick={() =>
              void send('DELETE', path).then(() => {
                revision.value += 1;
              })
            }
          >
            <Undo2 size={15} aria-hidden="true" /> Take back
          </button>
        )}
        <button type="button" onClick={() => setDeciding('approved')}>
          <Check size={15} aria-hidden="true" /> Approve
        </button>
        <button type="button" onClick={() => setDeciding('rejected')}>
          <Ban size={15} aria-hidden="true" /> Reject
        </button>
      </header>
      <div class="body">
        {decision !== null && (
          <p>
            {decision.status} by {decision.by}, <Time at={decision.at} />
            {decision.reason !== null && <>: {decision.reason}</>}
            {decision.until !== null && (
              <>
                {' '}
                until <Time at={decision.until} />
              </>
            )}
          </p>
        )}
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Protocol</th>
              <th scope="col">Access</th>
              <th scope="col">
                <span class="visually-hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {allowed.map(({ protocol, access }) => (
              <tr key={protocol}>
                <td>{protocol}</td>
                <td>
                  <span class="row">{access?.map((one) => <Access key={one} of={one} />) ?? 'any'}</span>
                </td>
                <td>
                  {editable && (
                    <button
                      type="button"
                      onClick={() => draft.change(`${protocol} may not pass by ${id}`, forbid(id, protocol))}
                    >
                      Forbid
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="soft">
          {traffic === null
            ? 'Nothing used it in what was heard.'
            : `${countWords(traffic.packets)} packets, ${bytesWords(traffic.bytes)}, on ${traffic.ports.join(', ')}`}
        </p>
        <p>
          <span class="soft">Boundary:</span> {boundary.observed}
          {boundary.reasons.length > 0 && `: ${boundary.reasons.join('; ')}`}
        </p>
      </div>
      {deciding !== null && (
        <ReasonDialog
          title={deciding === 'approved' ? 'Approve this conduit' : 'Reject this conduit'}
          action={deciding === 'approved' ? 'Approve' : 'Reject'}
          ends
          onDecide={(reason, until) =>
            send('PUT', path, { status: deciding, reason, until }).then(() => {
              revision.value += 1;
            })
          }
          onClose={() => setDeciding(null)}
        >
          {deciding === 'approved'
            ? 'What it allows may pass; the map shows it as allowed.'
            : 'What passes is no longer wanted; the map shows it as violating.'}{' '}
          After the day given here it is undecided again.
        </ReasonDialog>
      )}
    </section>
  );
}

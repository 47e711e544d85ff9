/** What may pass from one zone to another, what did, and the decision about it. */
import { Ban, Check } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { Conduit } from '../../data/model.ts';
import { Dialog } from '../../parts/dialog.tsx';
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
  const conduits = preview.conduits.filter((conduit) => conduit.from === from && conduit.to === to);
  const flagged = preview.violations.filter((violation) => violation.fromZone === from && violation.toZone === to);
  const drafted = new Set(conduitsOf(draft.text ?? '').map(({ id }) => id));
  return (
    <>
      <h1>
        {nameOf(from)} → {nameOf(to)}
      </h1>
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
                  <td class="mono">
                    {violation.client} → {violation.server}
                  </td>
                  <td>{violation.protocol}</td>
                  <td>
                    {violation.accesses.map((access) => (
                      <Access key={access} of={access} />
                    ))}
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
  return (
    <section class="panel" aria-label={`Conduit ${id}`}>
      <header>
        <h2>Conduit</h2>
        <span class="chip">{status}</span>
        <span class="spread" />
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
                <td>{access === undefined ? 'any' : access.map((one) => <Access key={one} of={one} />)}</td>
                <td>
                  {editable && (
                    <button
                      type="button"
                      class="plain"
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
        {boundary.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </div>
      {deciding !== null && <DecisionDialog conduit={id} status={deciding} onClose={() => setDeciding(null)} />}
    </section>
  );
}

interface DecisionDialogProps {
  readonly conduit: string;
  readonly status: 'approved' | 'rejected';
  readonly onClose: () => void;
}

function DecisionDialog({ conduit, status, onClose }: DecisionDialogProps) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const words = status === 'approved' ? 'Approve' : 'Reject';
  return (
    <Dialog label={`${words} this conduit`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const body = {
            status,
            ...(reason === '' ? {} : { reason }),
            ...(until === '' ? {} : { until: new Date(until).toISOString().replace('Z', '000Z') }),
          };
          send('PUT', `/conduits/${encodeURIComponent(conduit)}/decision`, body).then(
            () => {
              revision.value += 1;
              onClose();
            },
            (error: Error) => setFailure(error.message),
          );
        }}
      >
        <h2>{words} this conduit</h2>
        <label class="field">
          Reason
          <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <label class="field">
          Until (empty: for good)
          <input type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
        </label>
        {failure !== null && <p role="alert">{failure}</p>}
        <div class="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            {words}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

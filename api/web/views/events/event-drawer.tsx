import { EyeOff, Undo2 } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { EVENT_KINDS, type EventKind } from '../../../../agent/baseline/event.ts';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { EventEntry } from '../../data/model.ts';
import type { SetAside } from '../../data/suppressions.ts';
import { AssetLinks } from '../../parts/asset-links.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { Frames } from '../../parts/frames.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { SetAsideNote } from '../../parts/set-aside.tsx';
import { Known, Severity, type SeverityName, Time } from '../../parts/values.tsx';

interface EventDrawerProps {
  readonly event: EventEntry;
  readonly nameOf: (id: string) => string;
  /** What sets events of its kind aside. */
  readonly aside: SetAside | undefined;
  readonly onClose: () => void;
}

/** One event: what changed, why it is told, what to do, and the frames that show it. */
export function EventDrawer({ event: entry, nameOf, aside, onClose }: EventDrawerProps) {
  const { event, severity, at, kind, asset } = entry;
  const [asking, setAsking] = useState<'kind' | 'asset' | null>(null);
  const path = `/events/suppressions/${kind}`;
  const kindWords = kind.replaceAll('-', ' ');
  const changed = () => {
    revision.value += 1;
  };
  return (
    <Drawer label={event.title} onClose={onClose} title={<h2>{event.title}</h2>}>
      <p>
        <Severity of={severity as SeverityName} /> · {kindWords} · <Time at={at} />
        {event.technique !== null && <> · ATT&CK for ICS {event.technique}</>}
      </p>
      {event.suppressed !== null && aside !== undefined && <SetAsideNote of={aside} />}
      <h3>What was heard</h3>
      <ul>
        {event.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {(event.before.length > 0 || event.after.length > 0) && (
        <dl class="facts">
          <dt>Before</dt>
          <dd>
            <Known value={event.before.join(', ')} why="nothing before" />
          </dd>
          <dt>After</dt>
          <dd>
            <Known value={event.after.join(', ')} why="nothing after" />
          </dd>
        </dl>
      )}
      <Frames of={event.samples} />
      <h3>What to do</h3>
      <p>{EVENT_KINDS[kind as EventKind]?.todo}</p>
      <h3>Assets</h3>
      <AssetLinks ids={event.assets} nameOf={nameOf} />
      <div class="drawer-actions">
        {aside === undefined ? (
          <>
            {asset !== null && (
              <button type="button" onClick={() => setAsking('asset')}>
                <EyeOff size={15} aria-hidden="true" /> Set aside for {nameOf(asset)}
              </button>
            )}
            <button type="button" onClick={() => setAsking('kind')}>
              {asset === null && <EyeOff size={15} aria-hidden="true" />} Set all of this kind aside
            </button>
          </>
        ) : (
          <button type="button" onClick={() => void send('DELETE', path).then(changed, changed)}>
            <Undo2 size={15} aria-hidden="true" /> Tell of {kindWords} again
          </button>
        )}
      </div>
      {asking !== null && (
        <ReasonDialog
          title={`Set events aside: ${kindWords}${asking === 'asset' && asset !== null ? ` of ${nameOf(asset)}` : ''}`}
          action="Set aside"
          required
          ends
          onDecide={(reason, until) =>
            send('PUT', path, { reason, until, asset: asking === 'asset' ? asset : null }).then(changed)
          }
          onClose={() => setAsking(null)}
        >
          They are still noticed and kept, and shown on demand.
        </ReasonDialog>
      )}
    </Drawer>
  );
}

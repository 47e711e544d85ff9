import { Link } from 'wouter-preact';
import type { EventEntry } from '../../data/model.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Frames } from '../../parts/frames.tsx';
import { Known, Severity, type SeverityName, Time } from '../../parts/values.tsx';

/** One event: what changed, why it is told, and the frames that show it. */
export function EventDrawer({ event: entry, onClose }: { readonly event: EventEntry; readonly onClose: () => void }) {
  const { event, severity, at } = entry;
  return (
    <Drawer label={event.title} onClose={onClose} title={<h2>{event.title}</h2>}>
      <p>
        <Severity of={severity as SeverityName} /> · <Time at={at} />
        {event.technique !== null && <> · ATT&CK for ICS {event.technique}</>}
      </p>
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
      <h3>Assets</h3>
      <ul>
        {event.assets.map((id) => (
          <li key={id}>
            <Link href={`/assets/${encodeURIComponent(id)}`}>{id}</Link>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

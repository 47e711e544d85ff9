import { EyeOff, Undo2 } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { send } from '../../data/client.ts';
import { revision } from '../../data/live.ts';
import type { Finding } from '../../data/model.ts';
import { useAssetNames } from '../../data/names.ts';
import type { SetAside } from '../../data/suppressions.ts';
import { AssetLinks } from '../../parts/asset-links.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { Frames } from '../../parts/frames.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { SetAsideNote } from '../../parts/set-aside.tsx';
import { Severity, Span } from '../../parts/values.tsx';

interface FindingDrawerProps {
  readonly finding: Finding;
  readonly aside: SetAside | undefined;
  readonly zoneName: (id: string | null) => string;
  readonly onClose: () => void;
}

/** One finding: why it matters, what proves it, what would mend it; and the decision to set it aside. */
export function FindingDrawer({ finding, aside, zoneName, onClose }: FindingDrawerProps) {
  const { id, title, severity, requirement, technique, why, evidence, mend, disturbs, assets, samples, zones } =
    finding;
  const [asking, setAsking] = useState(false);
  const nameOf = useAssetNames();
  const path = `/findings/${encodeURIComponent(id)}/suppression`;
  const changed = () => {
    revision.value += 1;
  };
  return (
    <Drawer label={title} onClose={onClose} title={<h2>{title}</h2>}>
      <p>
        <Severity of={severity} /> · {requirement}
        {technique !== null && <> · ATT&CK for ICS {technique}</>}
      </p>
      {aside !== undefined && <SetAsideNote of={aside} />}
      <h3>Why it matters</h3>
      <p>{why}</p>
      <h3>What was heard</h3>
      <ul>
        {evidence.map((statement) => (
          <li key={statement}>{statement}</li>
        ))}
      </ul>
      <Frames of={samples} />
      {finding.firstSeen !== null && finding.lastSeen !== null && (
        <p class="soft">
          <Span from={finding.firstSeen} to={finding.lastSeen} />
        </p>
      )}
      <h3>What would mend it</h3>
      <p>{mend}</p>
      <h3>What that may disturb</h3>
      <p>{disturbs}</p>
      {zones.length > 0 && (
        <>
          <h3>Zones</h3>
          <p>{zones.map(zoneName).join(', ')}</p>
        </>
      )}
      {assets.length > 0 && (
        <>
          <h3>Assets</h3>
          <AssetLinks ids={assets} nameOf={nameOf} />
        </>
      )}
      <div class="drawer-actions">
        {aside === undefined ? (
          <button type="button" onClick={() => setAsking(true)}>
            <EyeOff size={15} aria-hidden="true" /> Set aside
          </button>
        ) : (
          <button type="button" onClick={() => void send('DELETE', path).then(changed, changed)}>
            <Undo2 size={15} aria-hidden="true" /> Show it again
          </button>
        )}
      </div>
      {asking && (
        <ReasonDialog
          title="Set this finding aside"
          action="Set aside"
          required
          ends
          onDecide={(reason, until) => send('PUT', path, { reason, until }).then(changed)}
          onClose={() => setAsking(false)}
        >
          It is no longer listed, and the assessment counts it all the same: what was heard was heard.
        </ReasonDialog>
      )}
    </Drawer>
  );
}

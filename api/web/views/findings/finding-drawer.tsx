import { Link } from 'wouter-preact';
import type { Finding } from '../../data/model.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Frames } from '../../parts/frames.tsx';
import { Severity, Time } from '../../parts/values.tsx';

const MOST_ASSETS = 40;

/** One finding: why it matters, what proves it, what would mend it. */
export function FindingDrawer({ finding, onClose }: { readonly finding: Finding; readonly onClose: () => void }) {
  const { title, severity, requirement, technique, why, evidence, mend, disturbs, assets, samples } = finding;
  return (
    <Drawer label={title} onClose={onClose} title={<h2>{title}</h2>}>
      <p>
        <Severity of={severity} /> · {requirement}
        {technique !== null && <> · ATT&CK for ICS {technique}</>}
      </p>
      <h3>Why it matters</h3>
      <p>{why}</p>
      <h3>What was heard</h3>
      <ul>
        {evidence.map((statement) => (
          <li key={statement}>{statement}</li>
        ))}
      </ul>
      <Frames of={samples} />
      {finding.firstSeen !== null && (
        <p class="soft">
          <Time at={finding.firstSeen} /> – <Time at={finding.lastSeen} />
        </p>
      )}
      <h3>What would mend it</h3>
      <p>{mend}</p>
      <h3>What that may disturb</h3>
      <p>{disturbs}</p>
      {assets.length > 0 && (
        <>
          <h3>Assets</h3>
          <ul>
            {assets.slice(0, MOST_ASSETS).map((id) => (
              <li key={id}>
                <Link href={`/assets/${encodeURIComponent(id)}`}>{id}</Link>
              </li>
            ))}
          </ul>
          {assets.length > MOST_ASSETS && <p class="soft">and {assets.length - MOST_ASSETS} more</p>}
        </>
      )}
    </Drawer>
  );
}

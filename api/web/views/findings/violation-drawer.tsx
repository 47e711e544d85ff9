import { Link } from 'wouter-preact';
import type { Violation } from '../../data/model.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Frames } from '../../parts/frames.tsx';
import { Access, Severity, Time } from '../../parts/values.tsx';
import { bytesWords, countWords } from '../../parts/words.ts';

interface ViolationDrawerProps {
  readonly violation: Violation;
  readonly zoneName: (id: string | null) => string;
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
}

const KINDS: Readonly<Record<Violation['kind'], string>> = {
  'no-conduit': 'No conduit leads this way',
  'not-permitted': 'The conduit does not allow this',
  unassigned: 'An end lies in no zone',
};

/** One flow that the policy does not allow, why, and where to decide about it. */
export function ViolationDrawer({ violation, zoneName, nameOf, onClose }: ViolationDrawerProps) {
  const { client, server, clientId, serverId, kind, severity, reasons, fromZone, toZone } = violation;
  const end = (address: string, id: string | null) =>
    id === null ? (
      <span class="mono">{address}</span>
    ) : (
      <>
        <Link href={`/assets/${encodeURIComponent(id)}`}>{nameOf(id)}</Link>
        {nameOf(id) !== address && <span class="mono"> {address}</span>}
      </>
    );
  return (
    <Drawer label={KINDS[kind]} onClose={onClose} title={<h2>{KINDS[kind]}</h2>}>
      <p>
        <Severity of={severity} />
      </p>
      <dl class="facts">
        <dt>Client</dt>
        <dd>
          {end(client, clientId)} <span class="soft">in {zoneName(fromZone)}</span>
        </dd>
        <dt>Server</dt>
        <dd>
          {end(server, serverId)} <span class="soft">in {zoneName(toZone)}</span>
        </dd>
        <dt>Protocol</dt>
        <dd>
          {violation.protocol}
          {violation.port !== null && (
            <span class="soft">
              {' '}
              {violation.transport}/{violation.port}
            </span>
          )}
        </dd>
        <dt>Not allowed</dt>
        <dd>
          {violation.accesses.length === 0 ? (
            'all of it'
          ) : (
            <span class="row">
              {violation.accesses.map((access) => (
                <Access key={access} of={access} />
              ))}
            </span>
          )}
        </dd>
        <dt>Traffic</dt>
        <dd>
          {countWords(violation.packets)} packets, {bytesWords(violation.bytes)}
          {violation.attempt && ', no answer heard'}
        </dd>
        <dt>First heard</dt>
        <dd>
          <Time at={violation.firstSeen} />
        </dd>
        <dt>Last heard</dt>
        <dd>
          <Time at={violation.lastSeen} />
        </dd>
      </dl>
      <h3>Why it is flagged</h3>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Frames of={violation.samples} />
      {fromZone !== null && toZone !== null && (
        <p>
          <Link href={`/zones?from=${encodeURIComponent(fromZone)}&to=${encodeURIComponent(toZone)}`}>
            Decide about this border
          </Link>
        </p>
      )}
    </Drawer>
  );
}

import './sensor.css';
import { Ear } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { type Resource, useResource } from '../../data/resource.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Known, Time } from '../../parts/values.tsx';
import { bytesWords, countWords, durationWords } from '../../parts/words.ts';
import { Counters, type Limit, Limits } from './counters.tsx';

interface Listening {
  readonly interface: string;
  readonly helper: string;
  readonly state: string;
  readonly interfaceState: string;
  readonly restarts: number;
  readonly lost: number;
  readonly shed: number;
  readonly reading: number;
  readonly sent: number | null;
  readonly packets: number;
  readonly packetsPerSecond: number;
}

interface Sensor {
  readonly version: string;
  readonly startedAt: string;
  readonly interfaces: readonly Listening[];
  readonly storage: { readonly state: string; readonly bytes: number; readonly message: string | null };
  readonly memoryBytes: number;
  readonly spoolBytes: number;
  readonly queued: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly limits: readonly Limit[];
}

const REFRESH = 2000;
/** Milliseconds after which somebody should look why nothing is heard. */
const SILENCE = 30_000;

/** What listens, how fast, what it lost, and how near it is to its limits. */
export default function SensorView() {
  const sensor = useResource<Sensor>('/sensor');
  useRefresh(sensor);
  return (
    <div class="page">
      <div class="title">
        <h1>Sensor</h1>
      </div>
      <Loaded of={sensor} what="the sensor">
        {(data) => (
          <>
            {data.interfaces.length === 0 ? (
              <Empty icon={Ear} title="Nothing is listened to">
                <p>
                  This service reads captures. To listen at a mirror port: <code>fieldmark watch INTERFACE</code>
                </p>
              </Empty>
            ) : (
              data.interfaces.map((one) => <InterfacePanel key={one.interface} listening={one} />)
            )}
            <Panel title="Program">
              <dl class="facts">
                <dt>Version</dt>
                <dd>{data.version}</dd>
                <dt>Runs since</dt>
                <dd>
                  <Time at={data.startedAt} /> (
                  {durationWords(Math.max(0, (Date.now() - Date.parse(data.startedAt)) / 1000))})
                </dd>
                <dt>Memory</dt>
                <dd>{bytesWords(data.memoryBytes)}</dd>
                <dt>Captures kept</dt>
                <dd>
                  <Link href="/captures">{bytesWords(data.spoolBytes)}</Link>
                  {data.queued > 0 && <span class="soft"> · {countWords(data.queued)} wait for their turn</span>}
                </dd>
                <dt>Storage</dt>
                <dd>
                  {bytesWords(data.storage.bytes)}
                  {data.storage.state === 'ok' && <span class="soft"> · what is heard is written</span>}
                  {data.storage.message !== null && <strong role="alert"> {data.storage.message}</strong>}
                </dd>
              </dl>
            </Panel>
            <div class="sensor-tables">
              <Panel title="How well it was heard">
                <Counters counters={data.counters} />
              </Panel>
              <Panel title="Limits">
                <Limits limits={data.limits} />
              </Panel>
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}

function useRefresh({ reload }: Resource<unknown>): void {
  useEffect(() => {
    const timer = setTimeout(reload, REFRESH);
    return () => clearTimeout(timer);
  });
}

/** Since when a count has stood where it stands, as far as this page saw. */
function useStill(count: number): number {
  const seen = useRef({ count, at: Date.now() });
  if (seen.current.count !== count) seen.current = { count, at: Date.now() };
  return Date.now() - seen.current.at;
}

function InterfacePanel({ listening }: { readonly listening: Listening }) {
  const { packetsPerSecond, state, interfaceState, helper, packets, lost, shed, reading, sent, restarts } = listening;
  const still = useStill(packets);
  return (
    <Panel title={listening.interface}>
      <dl class="facts">
        <dt>State</dt>
        <dd>
          {state} <span class="soft">by {helper}; </span>
          {interfaceState === 'up' || interfaceState === 'unknown' ? (
            <span class="soft">the interface is {interfaceState}</span>
          ) : (
            <strong>the interface is {interfaceState}</strong>
          )}
        </dd>
        <dt>Rate</dt>
        <dd>
          {countWords(packetsPerSecond)} packets/s
          {(packets === 0 || still >= SILENCE) && (
            <strong>
              {' '}
              · nothing has spoken {packets === 0 ? 'yet' : `for ${durationWords(still / 1000)}`}: is the mirror port
              on?
            </strong>
          )}
        </dd>
        <dt>Packets</dt>
        <dd>{countWords(packets)}</dd>
        <dt>Lost</dt>
        <dd>{lost === 0 ? '0' : <strong>{countWords(lost)}</strong>}</dd>
        <dt>Passed over</dt>
        <dd>
          {shed === 0 ? '0' : <strong>{countWords(shed)}</strong>}
          {reading > 1 && (
            <span class="soft">
              {' '}
              · more comes than can be read: of bulk transfers, one frame in {countWords(reading)} is
            </span>
          )}
        </dd>
        <dt>Sent by this machine</dt>
        <dd>
          <Known value={sent === null ? null : countWords(sent)} why="the system does not say" />
        </dd>
        <dt>Helper restarts</dt>
        <dd>{countWords(restarts)}</dd>
      </dl>
    </Panel>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <div class="body">{children}</div>
    </section>
  );
}

import './captures.css';
import { FileUp, RotateCw, Trash2, Upload } from 'lucide-preact';
import { useRef, useState } from 'preact/hooks';
import { useAll } from '../../data/all.ts';
import { send } from '../../data/client.ts';
import type { Capture } from '../../data/model.ts';
import { type Sending, upload } from '../../data/upload.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ListHead } from '../../parts/list-head.tsx';
import { type CsvColumn, saveCsv } from '../../parts/save.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Known, Span, Time } from '../../parts/values.tsx';
import { bytesWords, countWords, durationWords, percentWords } from '../../parts/words.ts';

const STATES: Readonly<Record<Capture['state'], string>> = {
  queued: 'waits for its turn',
  reading: 'is being read',
  done: 'read whole',
  interrupted: 'interrupted: can be read again',
  failed: 'not read to its end',
  deleted: 'deleted',
};

const CSV: readonly CsvColumn<Capture>[] = [
  { heading: 'Name', text: ({ name }) => name },
  { heading: 'State', text: ({ state, live }) => (live ? 'live' : STATES[state]) },
  { heading: 'Packets', text: ({ packets }) => packets },
  { heading: 'Bytes on the wire', text: ({ bytes }) => bytes },
  { heading: 'First heard', text: ({ firstSeen }) => firstSeen },
  { heading: 'Last heard', text: ({ lastSeen }) => lastSeen },
  { heading: 'File bytes', text: ({ size }) => size },
  { heading: 'SHA-256', text: ({ sha256 }) => sha256 },
  { heading: 'Read by', text: ({ by }) => by },
  { heading: 'Read at', text: ({ added }) => added },
  { heading: 'Mistake', text: ({ error }) => error?.message ?? null },
];

/** What was read: drop a capture, see how far it is and how well the plant could be heard in it. */
export default function Captures() {
  const captures = useAll<Capture>('/captures');
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    for (const file of files ?? []) {
      upload(file, (state) => {
        setSending((before) => [...before.filter(({ id }) => id !== state.id), state].filter(({ done }) => !done));
        if (state.done) captures.reload();
      });
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same
    <div
      class={over ? 'page dropping' : 'page'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <ListHead
        title="Captures"
        count={captures.data?.total}
        onCsv={() => saveCsv('captures.csv', CSV, captures.data?.items ?? [])}
        aside={
          <button type="button" class="primary" onClick={() => picker.current?.click()}>
            <Upload size={15} aria-hidden="true" /> Read a capture
          </button>
        }
      >
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Captures to read"
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            currentTarget.value = '';
          }}
        />
      </ListHead>
      {sending.map((one) => (
        <SendingRow key={one.id} sending={one} />
      ))}
      <Loaded of={captures} what="the captures">
        {({ items }) =>
          items.length === 0 && sending.length === 0 ? (
            <Empty icon={FileUp} title="Drop a capture here">
              <p>pcap or pcapng, plain or compressed by gzip or zstd. It stays on this machine.</p>
            </Empty>
          ) : (
            <div class="capture-list">
              {items.map((capture) => (
                <CapturePanel key={capture.id} capture={capture} onChange={captures.reload} />
              ))}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function SendingRow({ sending: { name, share, rate, failure } }: { readonly sending: Sending }) {
  return (
    <section class="panel" aria-label={`Sending ${name}`}>
      <div class="body">
        <strong>{name}</strong>{' '}
        {failure === null ? (
          <span class="soft">
            {percentWords(share)} sent, {bytesWords(rate)}/s
          </span>
        ) : (
          <span role="alert">{failure}</span>
        )}
        <progress max={1} value={share} aria-label={`Sending ${name}`} />
      </div>
    </section>
  );
}

interface CapturePanelProps {
  readonly capture: Capture;
  readonly onChange: () => void;
}

function CapturePanel({ capture, onChange }: CapturePanelProps) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { name, state, size, packets, bytes, bytesRead, firstSeen, lastSeen, error, verdict, live, added } = capture;
  const seconds =
    firstSeen === null || lastSeen === null ? null : (Date.parse(lastSeen) - Date.parse(firstSeen)) / 1000;
  const reading = state === 'reading' && size !== null && size > 0;
  const since = (Date.now() - Date.parse(added)) / 1000;
  return (
    <section class="panel" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <span class="chip">{live ? 'live' : STATES[state]}</span>
        <span class="spread" />
        {(state === 'failed' || state === 'interrupted') && (
          <button
            type="button"
            onClick={() =>
              void send('POST', `/captures/${capture.id}/reading`).then(onChange, (problem: Error) =>
                setFailure(problem.message),
              )
            }
          >
            <RotateCw size={15} aria-hidden="true" /> Read it again
          </button>
        )}
        {!live && (
          <button type="button" class="plain" aria-label={`Delete ${name}`} onClick={() => setAsking(true)}>
            <Trash2 size={16} aria-hidden="true" />
          </button>
        )}
      </header>
      <div class="body">
        {failure !== null && <p role="alert">{failure}</p>}
        {reading && (
          <>
            <progress max={size} value={bytesRead} aria-label={`Reading ${name}`} />
            <p class="soft">
              {percentWords(bytesRead / size)}, {countWords(packets)} packets,{' '}
              {countWords(Math.round(packets / Math.max(1, since)))} packets/s
            </p>
          </>
        )}
        <dl class="facts">
          <dt>Packets</dt>
          <dd>
            {countWords(packets)}{' '}
            <span class="soft">
              {bytesWords(bytes)} on the wire
              {seconds !== null && seconds > 0 && `, ${countWords(Math.round(packets / seconds))} packets/s on average`}
            </span>
          </dd>
          <dt>Heard</dt>
          <dd>
            {firstSeen === null ? (
              <Known value={null} why="no packet yet" />
            ) : (
              <>
                {lastSeen !== null && <Span from={firstSeen} to={lastSeen} />}{' '}
                <span class="soft">{durationWords(seconds ?? 0)}</span>
              </>
            )}
          </dd>
          <dt>File</dt>
          <dd>
            <Known value={size === null ? null : bytesWords(size)} why="live traffic has no file" />
            {capture.finished !== null && (
              <span class="soft">
                {' '}
                read in {durationWords(Math.max(0.001, (Date.parse(capture.finished) - Date.parse(added)) / 1000))}
              </span>
            )}
          </dd>
          <dt>SHA-256</dt>
          <dd class="mono">
            <Known value={capture.sha256} why="live traffic has none" />
          </dd>
          <dt>Read by</dt>
          <dd>
            {capture.by}, <Time at={added} />
          </dd>
        </dl>
        {error !== null && (
          <p role="alert">
            {error.message}
            {error.offset !== null && ` (at byte ${countWords(error.offset)})`}
          </p>
        )}
        {live && packets === 0 && <p>Nothing has spoken yet: is the mirror port on?</p>}
        {verdict !== null && packets > 0 && <Verdict findings={verdict.findings} />}
      </div>
      {asking && (
        <Dialog label={`Delete ${name}`} onClose={() => setAsking(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              send('DELETE', `/captures/${capture.id}`).then(onChange, (problem: Error) => setFailure(problem.message));
              setAsking(false);
            }}
          >
            <h2>Delete {name}?</h2>
            <p>What only it showed goes too. Decisions about zones and assets stay.</p>
            <div class="actions">
              <button type="button" onClick={() => setAsking(false)}>
                Keep it
              </button>
              <button type="submit" class="danger">
                Delete
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}

function Verdict({ findings }: { readonly findings: NonNullable<Capture['verdict']>['findings'] }) {
  if (findings.length === 0) return <p class="good">Heard well: nothing is wrong with the mirror port.</p>;
  return (
    <>
      <h3>How well it was heard</h3>
      <ul>
        {findings.map(({ id, what, cause, mend }) => (
          <li key={id}>
            <strong>{what}.</strong> Cause: {cause}. {mend}
          </li>
        ))}
      </ul>
    </>
  );
}

import type { Evidence } from '../../data/model.ts';
import { useResource } from '../../data/resource.ts';
import { FrameLink } from '../../parts/frames.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Known, Time } from '../../parts/values.tsx';
import { countWords, percentWords } from '../../parts/words.ts';

interface EvidenceTableProps {
  /** Of the asset, below `/api/v1`. */
  readonly path: string;
  /** Without times: for a drawer. */
  readonly brief?: boolean;
}

/** Every statement that was heard of an asset: by which field of which PDU, how sure, when, and in which frame. */
export function EvidenceTable({ path, brief = false }: EvidenceTableProps) {
  const evidence = useResource<readonly Evidence[]>(`${path}/evidence`);
  return (
    <Loaded of={evidence} what="the evidence">
      {(all) =>
        all.length === 0 ? (
          <p class="body soft">It was only addressed: nothing of what it sent says who it is.</p>
        ) : (
          <table class="plain evidence">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Value, and what said it</th>
                <th scope="col" class="number">
                  Sure
                </th>
                {!brief && (
                  <>
                    <th scope="col" class="number">
                      Times
                    </th>
                    <th scope="col">First and last heard</th>
                  </>
                )}
                <th scope="col">Proof</th>
              </tr>
            </thead>
            <tbody>
              {all.map((entry) => (
                <Row key={`${entry.field} ${entry.value} ${entry.source} ${entry.unit}`} entry={entry} brief={brief} />
              ))}
            </tbody>
          </table>
        )
      }
    </Loaded>
  );
}

function Row({ entry, brief }: { readonly entry: Evidence; readonly brief: boolean }) {
  const { field, unit, value, source, words, confidence, times, firstSeen, lastSeen } = entry;
  return (
    <tr>
      <td>
        {field}
        {unit !== null && <div class="soft">part {unit}</div>}
      </td>
      <td class="said">
        {value}
        <div class="soft" title={source}>
          {words}
        </div>
      </td>
      <td class="number">{percentWords(confidence)}</td>
      {!brief && (
        <>
          <td class="number">{countWords(times)}</td>
          <td class="whole">
            <Time at={firstSeen} />
            {lastSeen !== firstSeen && (
              <div class="soft">
                <Time at={lastSeen} />
              </div>
            )}
          </td>
        </>
      )}
      <td class="whole">
        <Proof entry={entry} />
      </td>
    </tr>
  );
}

/** The frame that says so, to be taken home. */
function Proof({ entry: { file, frame } }: { readonly entry: Evidence }) {
  if (file === null || frame === null) return <Known value={null} why="no single frame says so" />;
  return <FrameLink of={{ file, frame }} />;
}

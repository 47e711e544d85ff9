import './assessment.css';
import { ClipboardCheck } from 'lucide-preact';
import { Link } from 'wouter-preact';
import type { Assessment, ZoneAssessment } from '../../../../agent/assess/assessment.ts';
import { useResource } from '../../data/resource.ts';
import { useZones } from '../../data/zones.ts';
import { AS_COUNTED } from '../../parts/as-counted.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { Attestations } from './attestations.tsx';
import { Common } from './common.tsx';
import { Downloads } from './downloads.tsx';
import { Levels } from './levels.tsx';
import { Method } from './method.tsx';
import { RequirementDrawer } from './requirement-drawer.tsx';
import { Roadmap } from './roadmap.tsx';
import type { ZoneOf } from './zone-of.ts';

/** What listening says of each zone and foundational requirement of IEC 62443, and what to do next. */
export default function AssessmentView() {
  const assessment = useResource<Assessment>('/assessment');
  const zones = useZones();
  const search = useSearchState();
  const zoneOf = (id: string) => zones.data?.items.find((zone) => zone.id === id);
  const [zoneId, requirement] = search.value('cell')?.split(' ') ?? [];
  return (
    <div class="page">
      <div class="title">
        <h1>Assessment</h1>
        <span class="soft">what was heard; no certificate, no compliance, no promise of safety</span>
        <span class="spread" />
        <Downloads />
      </div>
      <Loaded of={assessment} what="the assessment">
        {(data) =>
          data.zones.length === 0 ? (
            <Empty icon={ClipboardCheck} title="There is nothing to assess yet">
              <p>
                <Link href="/captures">Drop a capture</Link>.
              </p>
            </Empty>
          ) : (
            <>
              <Levels
                zones={inOrder(data.zones, zoneOf)}
                zoneOf={zoneOf}
                onOpen={(zone, fr) => search.set({ cell: `${zone} ${fr}` })}
              />
              <Roadmap steps={data.roadmap} zoneOf={zoneOf} />
              <Common assessment={data} />
              <Attestations zones={zones.data?.items ?? []} />
              <Method assessment={data} />
              <OpenCell
                zones={data.zones}
                zoneId={zoneId}
                requirement={Number(requirement)}
                zoneOf={zoneOf}
                onClose={() => search.set({ cell: null })}
              />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

interface OpenCellProps {
  readonly zones: readonly ZoneAssessment[];
  readonly zoneId: string | undefined;
  readonly requirement: number;
  readonly zoneOf: ZoneOf;
  readonly onClose: () => void;
}

function OpenCell({ zones, zoneId, requirement, zoneOf, onClose }: OpenCellProps) {
  const zone = zones.find((entry) => entry.zone === zoneId);
  const entry = zone?.requirements.find((one) => one.requirement === requirement);
  if (zone === undefined || entry === undefined) return null;
  return (
    <RequirementDrawer
      zone={zoneOf(zone.zone)?.name ?? zone.zone}
      target={zone.securityLevelTarget}
      assessment={entry}
      onClose={onClose}
    />
  );
}

function inOrder(zones: readonly ZoneAssessment[], zoneOf: ZoneOf): ZoneAssessment[] {
  const name = ({ zone }: ZoneAssessment) => zoneOf(zone)?.name ?? zone;
  return [...zones].sort((a, b) => AS_COUNTED.compare(name(a), name(b)));
}

/**
 * Communities among the controllers of one large network, by what they ask of each other: the last resort, where no
 * panel and no name tells cells apart.
 */

import graphology from 'graphology';
import commonLouvain from 'graphology-communities-louvain';
import { few } from '../few.ts';
import type { Cell } from './cells.ts';
import type { Control } from './control.ts';
import { appended, byText } from './grouping.ts';

/** The package is CommonJS: its types put under `default` what the import is itself. */
const louvain = commonLouvain as unknown as (typeof commonLouvain)['default'];

/** A network with fewer machines is readable as it is. */
const LEAST_MACHINES = 12;
/** From here on a division is more than chance (Newman and Girvan 2004: 0.3 to 0.7 in networks with communities). */
const LEAST_MODULARITY = 0.4;

/** @param machines controllers with what hangs on them; answers none when no division suggests itself */
export function communitiesOf(machines: readonly Cell[], control: Control, label: (id: string) => string): Cell[] {
  if (machines.length < LEAST_MACHINES) return [];
  const sorted = [...machines].sort((a, b) => byText(a.controllers[0] as string, b.controllers[0] as string));
  const machineOf = new Map(sorted.flatMap(({ members }, machine) => members.map((id) => [id, machine] as const)));
  const graph = new graphology.UndirectedGraph();
  sorted.forEach((_, machine) => {
    graph.addNode(machine);
  });
  // that machines talk is what counts, not how often: a little more traffic must not divide the plant anew
  sorted.forEach(({ members }, machine) => {
    const targets = members.flatMap((id) => control.parties.get(id)?.asks.map(({ server }) => server.asset.id) ?? []);
    for (const target of targets.sort(byText)) {
      const other = machineOf.get(target);
      if (other !== undefined && other !== machine && !graph.hasEdge(machine, other))
        graph.addEdgeWithKey(graph.size, machine, other);
    }
  });
  if (graph.size === 0) return [];
  const { communities, modularity } = louvain.detailed(graph, { randomWalk: false, rng: () => 0, getEdgeWeight: null });
  if (modularity < LEAST_MODULARITY) return [];
  const groups = new Map<number, Cell[]>();
  sorted.forEach((machine, index) => {
    appended(groups, communities[index] as number, machine);
  });
  return [...groups.values()]
    .filter((group) => group.length >= 2)
    .map((group) => ({
      controllers: group.flatMap(({ controllers }) => controllers).sort(byText),
      members: group.flatMap(({ members }) => members),
      reasons: [
        `${few(group.map(({ controllers: [first] }) => label(first as string)))} exchange values with each other more than with the rest`,
      ],
      area: null,
    }));
}

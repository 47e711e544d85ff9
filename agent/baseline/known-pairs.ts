/** What a baseline knows of each two parties: which services, which operations, who writes and who programs. */
import { grouped } from '../grouping.ts';
import type { Baseline, BaselineConversation } from './baseline.ts';
import { portKey } from './picture.ts';
import { type Coverage, coverageOf, isWriting } from './ranges.ts';
import type { Recognition } from './recognition.ts';

/** What one party asked another for. */
export interface KnownPair {
  readonly writes: boolean;
  readonly programs: boolean;
  /** Which of them is the client was guessed somewhere. */
  readonly undirected: boolean;
  /** Protocols by port; empty text where one was not recognised. */
  readonly services: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byProtocol: ReadonlyMap<string, KnownDealing>;
}

/** What was asked for in one protocol. */
export interface KnownDealing {
  /** See operationKey. */
  readonly operations: ReadonlySet<string>;
  readonly units: ReadonlySet<number>;
  /** Who asked whom was proved. */
  readonly directed: boolean;
  readonly coverage: Coverage;
}

export class KnownPairs {
  readonly #pairs: ReadonlyMap<string, readonly BaselineConversation[]>;
  readonly #known = new Map<string, KnownPair>();

  constructor(baseline: Baseline, { partyAt }: Recognition) {
    this.#pairs = grouped(baseline.conversations, ({ client, server }) => pairKey(partyAt(client), partyAt(server)));
  }

  /** What `client` asked `server` for; undefined when it never did. Both are parties of `Recognition.partyAt`. */
  of(client: string, server: string): KnownPair | undefined {
    const key = pairKey(client, server);
    const conversations = this.#pairs.get(key);
    if (conversations === undefined) return undefined;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = knownPair(conversations);
      this.#known.set(key, known);
    }
    return known;
  }
}

export function pairKey(client: string, server: string): string {
  return `${client} > ${server}`;
}

/** What tells an operation from others of its protocol. */
export function operationKey({
  code,
  name,
  access,
}: {
  readonly code: string;
  readonly name: string;
  readonly access: string;
}): string {
  return `${code}|${name}|${access}`;
}

function knownPair(conversations: readonly BaselineConversation[]): KnownPair {
  const accesses = new Set(conversations.flatMap(({ operations }) => operations.map(({ access }) => access)));
  const services = [...grouped(conversations, portKey)].map(
    ([port, of]) => [port, new Set(of.map(({ recognised, protocol }) => (recognised ? protocol : '')))] as const,
  );
  const dealings = [...grouped(conversations, ({ protocol }) => protocol)].map(([protocol, of]) => {
    const operations = of.flatMap((conversation) => conversation.operations);
    const dealing: KnownDealing = {
      operations: new Set(operations.map(operationKey)),
      units: new Set(operations.flatMap(({ units }) => units)),
      directed: of.every((conversation) => conversation.directed),
      coverage: coverageOf(operations),
    };
    return [protocol, dealing] as const;
  });
  return {
    writes: [...accesses].some(isWriting),
    programs: accesses.has('program'),
    undirected: conversations.some(({ directed }) => !directed),
    services: new Map(services),
    byProtocol: new Map(dealings),
  };
}

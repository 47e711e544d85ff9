import { Type } from 'typebox';
import type { ProtocolTraffic } from '../../../agent/model/matrix.ts';
import type { OperationSnapshot } from '../../../agent/model/snapshot.ts';
import type { ConversationEntry, ConversationOperations, PairEntry } from '../../../agent/store/entries.ts';
import { ACCESS_ORDER } from '../../../agent/zones/flow.ts';
import { Count, Counts, described, Flag, Id, list, nullable, oneOf, shape, Text, Time } from './values.ts';

export const AccessName = oneOf(ACCESS_ORDER);

/** The frame that proves a statement. */
export const FrameSchema = shape<NonNullable<OperationSnapshot['firstFrame']>>({
  file: Text,
  frame: Type.Integer({ minimum: 1 }),
});

export const ConversationSchema = shape<ConversationEntry>(
  {
    id: Id,
    client: Text,
    server: Text,
    clientId: nullable(Text),
    serverId: nullable(Text),
    scope: Count,
    transport: oneOf(['tcp', 'udp', 'ip', 'eth']),
    port: nullable(Count),
    protocol: Text,
    recognised: described(Flag, 'By what was said, not merely by where.'),
    initiator: described(Text, 'How the client is known: `syn`, `protocol`, `port` or `first-seen`.'),
    flows: Count,
    packets: Count,
    packetsFromClient: Count,
    packetsFromServer: Count,
    bytes: Count,
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    firstFrame: nullable(FrameSchema),
  },
  'Conversation',
);

export const OperationSchema = shape<ConversationOperations[number]>(
  {
    code: Text,
    name: Text,
    access: AccessName,
    effect: described(nullable(Text), 'What it does to a controller as a whole.'),
    units: list(Type.Integer()),
    unitsAnswered: list(Type.Integer()),
    requests: Count,
    responses: Count,
    errors: Count,
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    firstFrame: nullable(FrameSchema),
    ranges: list(
      shape<ConversationOperations[number]['ranges'][number]>({
        unit: nullable(Type.Integer()),
        space: Text,
        name: nullable(Text),
        first: nullable(Type.Integer()),
        last: nullable(Type.Integer()),
        times: Count,
        period: described(nullable(Type.Number()), 'Mean seconds between touches.'),
        jitter: nullable(Type.Number()),
      }),
    ),
  },
  'Operation',
);

export const PairSchema = shape<PairEntry>(
  {
    from: described(Text, "Id of the clients' asset or zone; empty for what is none."),
    to: Text,
    conversations: Count,
    packets: Count,
    bytes: Count,
    firstSeen: nullable(Time),
    lastSeen: nullable(Time),
    protocols: list(shape<ProtocolTraffic>({ protocol: Text, conversations: Count, packets: Count, bytes: Count })),
    accesses: described(Counts, 'Requests by access.'),
  },
  'Pair',
);

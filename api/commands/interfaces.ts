import { type Interface, interfacesOf } from '../../agent/capture/live/interfaces.ts';
import { countText } from '../../agent/report/numbers.ts';
import { tableText } from '../terminal/table.ts';
import { type Command, ExitStatus } from './command.ts';
import { parseOptions } from './options.ts';

const HELP = `fieldmark interfaces: what can be listened to

Usage: fieldmark interfaces [--json]

A mirror port has no address and sends nothing: "sent" stays the same while a switch mirrors traffic to it. State: "off" was not
switched on (ip link set NAME up), "no link" is on and hears no cable. "fieldmark doctor NAME" says what is amiss.

  --json   prints JSON
  --help   shows this text
`;

const COLUMNS = [
  { heading: 'interface' },
  { heading: 'kind' },
  { heading: 'state' },
  { heading: 'MAC' },
  { heading: 'received', right: true },
  { heading: 'sent', right: true },
  { heading: 'addresses', most: 60 },
];

export const interfacesCommand: Command = {
  help: HELP,

  async run(args) {
    const { values } = parseOptions('interfaces', args, { json: { type: 'boolean', default: false } });
    const all = interfacesOf();
    process.stdout.write(values.json ? `${JSON.stringify(all, null, 2)}\n` : `${tableText(COLUMNS, all.map(row))}\n`);
    return ExitStatus.done;
  },
};

function row({ name, kind, master, state, enabled, mac, received, sent, addresses }: Interface): string[] {
  const count = (packets: number | null) => (packets === null ? '' : countText(packets));
  const nature = [kind ?? '', ...(master === null ? [] : [`in ${master}`])].join(' ');
  const link = state === 'down' || state === 'lowerlayerdown' ? 'no link' : state === 'unknown' ? 'on' : state;
  return [name, nature, enabled ? link : 'off', mac ?? '', count(received), count(sent), addresses.join(' ')];
}

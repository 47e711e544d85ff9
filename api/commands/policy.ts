import { type Command, ExitStatus, UsageError } from './command.ts';
import { parseOptions } from './options.ts';
import { checkAgainstPolicy } from './policy-check.ts';
import { proposeFromCaptures } from './policy-propose.ts';
import { writeOutput } from './write-output.ts';

const HELP = `fieldmark policy: the zones and conduits that are wanted, and the traffic against them

Usage: fieldmark policy propose FILE|DIRECTORY|GLOB|- ... [-o FILE]
       fieldmark policy check FILE|DIRECTORY|GLOB|- ... --policy FILE [--json FILE|-]
       fieldmark policy schema [-o FILE]

  propose        a policy that allows what the captures hold and nothing else, as YAML to read and edit
  check          flows of the captures that a policy does not allow, and what of the policy nothing used
  schema         a JSON Schema of policies, with which editors complete and check while one types

  -o FILE        writes to FILE; standard output where it is absent
  --policy FILE  the policy
  --json FILE    writes the report (fieldmark.report/1) to FILE; with - to standard output, and nothing else
  --threads N    reads large captures in at most N threads; as many as there are processors when not given
  --help         shows this text

A policy is YAML:

  version: 1
  zones:
    - id: cell-a
      name: Packaging cell A
      kind: control                   # enterprise, dmz, supervisory, control, safety, field, remote, external
      securityLevelTarget: 2          # 0 (none) to 4
      members:                        # mac and ip outrank the longest cidr, that outranks vlan
        - {cidr: 10.10.1.0/24}
        - {ip: 10.10.9.4}
        - {mac: "00:1d:9c:00:00:01"}
        - {vlan: 110}
  conduits:
    - id: scada-cell-a
      from: supervisory               # the zone of the clients
      to: cell-a
      allow:
        - {protocol: modbus, access: [read]}    # session, diagnostic, read, write, control, program; absent: any
        - {protocol: tcp/443}                   # the port, whatever is spoken on it

Flows within a zone are free. Between zones a conduit must allow the protocol and every access that a flow uses.

Exit status: 0 done, nothing is violated; 1 some input could not be read whole; 2 usage error, or a mistake in the
policy (each is one line: file:line:column: what, how to mend it); 3 "check" found violations.
`;

const ACTIONS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  propose: proposeFromCaptures,
  check: checkAgainstPolicy,
  schema: writeSchema,
};

export const policyCommand: Command = {
  help: HELP,

  async run([action, ...args]) {
    const run = action !== undefined && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (run === undefined) {
      const what = action === undefined ? 'say what to do' : `there is no '${action}'`;
      throw new UsageError(`policy: ${what}: propose, check or schema: try fieldmark policy --help`);
    }
    return await run(args);
  },
};

async function writeSchema(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseOptions('policy', args, {
    output: { type: 'string', short: 'o', default: '-' },
  });
  if (positionals.length > 0) throw new UsageError('policy schema: takes no captures: try fieldmark policy --help');
  const { policyJsonSchema } = await import('../../agent/policy/policy-json-schema.ts');
  await writeOutput(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`, values.output, 'policy schema: the schema');
  return ExitStatus.done;
}

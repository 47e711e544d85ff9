import { type Diagnosis, diagnose } from '../../agent/capture/live/diagnosis.ts';
import { type Command, ExitStatus } from './command.ts';
import { parseOptions } from './options.ts';

const HELP = `fieldmark doctor: what stands in the way of listening on this machine, and how to mend it

Usage: fieldmark doctor [INTERFACE…] [--json]

Tries each capture helper for a moment, and looks whether the interfaces are up and silent (without a name: those that
are up). Sends nothing.

  --json   prints JSON
  --help   shows this text

Exit status: 0 it can listen; 1 nothing here can capture, or an interface that was named is not there.
`;

const MARKS: Readonly<Record<Diagnosis['verdict'], string>> = { good: 'ok  ', odd: 'note', bad: 'BAD ' };

export const doctorCommand: Command = {
  help: HELP,

  async run(args) {
    const { values, positionals } = parseOptions('doctor', args, { json: { type: 'boolean', default: false } });
    const found = await diagnose(positionals);
    process.stdout.write(values.json ? `${JSON.stringify(found, null, 2)}\n` : found.map(lines).join(''));
    return found.some(({ verdict }) => verdict === 'bad') ? ExitStatus.incomplete : ExitStatus.done;
  },
};

function lines({ verdict, what, mend }: Diagnosis): string {
  return `${MARKS[verdict]}  ${what}\n${mend === null ? '' : `      → ${mend}\n`}`;
}

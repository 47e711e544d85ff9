/** What is set: flags outrank the environment, that outranks the file, that outranks the presets. Checked as a whole. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LEAST_KEPT } from '../../agent/capture/live/kept-frames.ts';
import { FieldmarkError, fileError } from '../../agent/errors.ts';
import { type Located, parseLocatedYaml, shown } from '../../agent/located-yaml.ts';
import {
  flagOf,
  SERVICE_SETTINGS,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  type Settings,
  variableOf,
} from './settings.ts';
import { SettingError } from './values.ts';

/** What names the file: `--config FILE`, or in the environment. */
const CONFIG_FLAG = 'config';
const CONFIG_VARIABLE = 'FIELDMARK_CONFIG';

/** A text that sets something, and where it stands, for messages. */
interface Given {
  readonly text: string;
  readonly where: string;
}

/** Thrown with every mistake that was found. */
export class ConfigurationError extends FieldmarkError {
  override readonly lines: readonly string[];

  constructor(mistakes: readonly string[]) {
    super('CONFIGURATION_INVALID', mistakes.join('; '));
    this.lines = mistakes;
  }
}

/**
 * Reads what is set.
 *
 * @param args the command line behind the command's name
 * @param env the environment
 * @param command the command's name, for messages
 * @param flagNames settings that have a flag
 * @param rest the list that arguments without a flag are members of; without it there may be none
 * @throws ConfigurationError with every mistake
 */
export function configure(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  command: string,
  { flagNames = SERVICE_SETTINGS, rest }: { flagNames?: readonly SettingName[]; rest?: SettingName } = {},
): Settings {
  const mistakes: string[] = [];
  const flags = flagsGiven(args, command, flagNames, rest);
  const file = flags.get(CONFIG_FLAG)?.text ?? env[CONFIG_VARIABLE];
  const inFile = file === undefined ? new Map<SettingName, Given>() : fileGiven(file, mistakes);
  for (const variable of Object.keys(env)) {
    if (variable.startsWith('FIELDMARK_') && !VARIABLES.has(variable)) {
      mistakes.push(`environment: there is no setting ${variable}`);
    }
  }
  const entries = SETTING_NAMES.map((name) => {
    const variable = env[variableOf(name)];
    const inEnvironment = variable === undefined ? undefined : { text: variable, where: variableOf(name) };
    const given = flags.get(flagOf(name)) ?? inEnvironment ?? inFile.get(name);
    return [name, value(name, given, mistakes)] as const;
  });
  const settings = Object.fromEntries(entries) as unknown as Settings;
  if (mistakes.length === 0) mistakes.push(...contradictions(settings)); // what was not understood has no value
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return settings;
}

const VARIABLES = new Set([CONFIG_VARIABLE, ...SETTING_NAMES.map(variableOf)]);

function value(name: SettingName, given: Given | undefined, mistakes: string[]): unknown {
  const { read, preset } = SETTINGS[name];
  const text = given?.text ?? preset;
  if (text === null) return null;
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    mistakes.push(`${given?.where ?? name}: '${shown(text)}' is not understood: ${error.message}`);
    return null;
  }
}

function flagsGiven(
  args: readonly string[],
  command: string,
  flagNames: readonly SettingName[],
  rest: SettingName | undefined,
): Map<string, Given> {
  const names = [CONFIG_FLAG, ...flagNames.map(flagOf)];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: rest !== undefined });
    const given = new Map<string, Given>(
      Object.entries(values).map(([name, text]) => [name, { text: String(text), where: `--${name}` }]),
    );
    if (rest !== undefined && positionals.length > 0) {
      given.set(flagOf(rest), { text: positionals.join(','), where: command });
    }
    return given;
  } catch (error) {
    const [line] = (error as Error).message.split(/\.?\n|\.?$/, 1);
    throw new ConfigurationError([`${command}: ${line}: try fieldmark ${command} --help`]);
  }
}

function fileGiven(file: string, mistakes: string[]): Map<SettingName, Given> {
  const given = new Map<SettingName, Given>();
  const { root, mistakes: faults, placeOf } = parseLocatedYaml(contents(file));
  for (const { at, message } of faults) {
    const { line, column } = placeOf(at);
    mistakes.push(`${file}:${line}:${column}: ${message}`);
  }
  if (root === null || faults.length > 0) return given;
  if (typeof root.value !== 'object' || root.value === null || Array.isArray(root.value)) {
    mistakes.push(`${file}: settings are expected, one 'name: value' in each line`);
    return given;
  }
  for (const [name, { content }] of root.fields) {
    const where = `${file}: ${shown(name)}`;
    const text = textOf(content);
    if (!Object.hasOwn(SETTINGS, name)) mistakes.push(`${where}: there is no such setting`);
    else if (content.value === null) mistakes.push(`${where}: has no value`);
    else if (text === null) mistakes.push(`${where}: a text, a number or a list of them is expected`);
    else given.set(name as SettingName, { text, where });
  }
  return given;
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError([`the configuration ${file}: ${fileError(error).message}`]);
  }
}

/** The text of a setting; a list stands for its members with commas between them. Null where it is neither. */
function textOf({ value, items }: Located): string | null {
  const parts = Array.isArray(value) ? items.map((item) => item.value) : [value];
  return parts.some((part) => typeof part === 'object') ? null : parts.join(',');
}

/** What each setting allows by itself but all together do not. */
function contradictions({ tlsCert, tlsKey, maxUpload, maxSpool, keep, interfaces }: Settings): string[] {
  const found: string[] = [];
  if (keep !== null && keep < LEAST_KEPT * Math.max(1, interfaces.length)) {
    found.push(`keep: ${LEAST_KEPT} bytes for each interface are the least that is worth keeping`);
  }
  if ((tlsCert === null) !== (tlsKey === null)) found.push('tlsCert and tlsKey: one needs the other');
  if (maxUpload > maxSpool) found.push('maxUpload: is more than maxSpool, so that it could never be used');
  return found;
}

/** Characters of a flag in help texts; what is said of a longer one stands below it. */
const FLAG_WIDTH = 32;

/** The settings as `--help` lists them. */
export function settingsHelp(names: readonly SettingName[] = SERVICE_SETTINGS): string {
  return names
    .map((name) => {
      const { value: kind, preset, about } = SETTINGS[name];
      const standard = preset === null || preset === '' ? '' : ` (${preset})`;
      const flag = `--${flagOf(name)} ${kind}`;
      const text = `${about.replaceAll('`', '')}${standard}`;
      return flag.length > FLAG_WIDTH
        ? `  ${flag}\n${' '.repeat(FLAG_WIDTH + 3)}${text}`
        : `  ${flag.padEnd(FLAG_WIDTH)} ${text}`;
    })
    .join('\n');
}

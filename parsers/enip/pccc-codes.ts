/** PCCC commands by CMD and FNC: DF1 Protocol and Command Set Reference Manual, publication 1770-6.5.16, chapter 7. */
import type { Described } from '../protocol.ts';
import { hexNumber } from '../text.ts';

type Commands = ReadonlyMap<number, Described>;

/** Commands without a function code. */
const PLAIN: Commands = new Map([
  [0x00, ['Protected Write', 'write']],
  [0x01, ['Unprotected Read', 'read']],
  [0x02, ['Protected Bit Write', 'write']],
  [0x05, ['Unprotected Bit Write', 'write']],
  [0x08, ['Unprotected Write', 'write']],
]);

const DIAGNOSTIC: Commands = new Map([
  [0x00, ['Echo', 'diagnostic']],
  [0x01, ['Read Diagnostic Counters', 'diagnostic']],
  [0x02, ['Set Variables', 'write']],
  [0x03, ['Diagnostic Status', 'diagnostic']],
  [0x04, ['Set Timeout', 'write']],
  [0x05, ['Set NAKs', 'write']],
  [0x06, ['Set ENQs', 'write']],
  [0x07, ['Reset Diagnostic Counters', 'control']],
  [0x08, ['Set Data Table Size', 'program']],
  [0x09, ['Read Link Parameters', 'diagnostic']],
  [0x0a, ['Set Link Parameters', 'write']],
]);

const MODE: Commands = new Map([
  [0x00, ['Disable Outputs', 'control', 'mode']],
  [0x01, ['Enable Outputs', 'control', 'mode']],
  [0x03, ['Enable Scan', 'control', 'mode']],
  [0x04, ['Enter Download Mode', 'program', 'download']],
  [0x05, ['Exit Download/Upload Mode', 'program']],
  [0x06, ['Enter Upload Mode', 'program', 'upload']],
]);

const EXTENDED: Commands = new Map([
  [0x00, ['Word Range Write', 'write']],
  [0x01, ['Word Range Read', 'read']],
  [0x02, ['Bit Write', 'write']],
  [0x03, ['File Write', 'write']],
  [0x04, ['File Read', 'read']],
  [0x05, ['Download Request', 'program', 'download']],
  [0x06, ['Upload', 'program', 'upload']],
  [0x07, ['Shutdown', 'control', 'stop']],
  [0x08, ['Physical Write', 'program', 'download']],
  [0x09, ['Physical Read', 'program', 'upload']],
  [0x0a, ['Restart Request', 'control', 'restart']],
  [0x11, ['Get Edit Resource', 'program']],
  [0x12, ['Return Edit Resource', 'program']],
  [0x17, ['Read Bytes Physical', 'program', 'upload']],
  [0x18, ['Write Bytes Physical', 'program', 'download']],
  [0x26, ['Read-Modify-Write', 'write']],
  [0x29, ['Read Section Size', 'diagnostic']],
  [0x3a, ['Set CPU Mode', 'control', 'mode']],
  [0x41, ['Disable Forces', 'control']],
  [0x50, ['Download All Request', 'program', 'download']],
  [0x52, ['Download Completed', 'program', 'download']],
  [0x53, ['Upload All Request', 'program', 'upload']],
  [0x55, ['Upload Completed', 'program', 'upload']],
  [0x57, ['Initialize Memory', 'program', 'download']],
  [0x5e, ['Modify PLC-2 Compatibility File', 'write']],
  [0x67, ['Typed Write', 'write']],
  [0x68, ['Typed Read', 'read']],
  [0x79, ['Read-Modify-Write N', 'write']],
  [0x80, ['Change Mode', 'control', 'mode']],
  [0x81, ['Open File', 'program']],
  [0x82, ['Close File', 'program']],
  [0x88, ['Execute Multiple Commands', 'write']],
  [0x8f, ['Apply Port Configuration', 'program', 'settings']],
  [0xa1, ['Protected Typed Logical Read with Two Address Fields', 'read']],
  [0xa2, ['Protected Typed Logical Read with Three Address Fields', 'read']],
  [0xa7, ['Protected Typed File Read', 'program', 'upload']],
  [0xa9, ['Protected Typed Logical Write with Two Address Fields', 'write']],
  [0xaa, ['Protected Typed Logical Write with Three Address Fields', 'write']],
  [0xab, ['Protected Typed Logical Masked Write with Three Address Fields', 'write']],
  [0xaf, ['Protected Typed File Write', 'program', 'download']],
]);

/** CMD values after which a function code follows, and functions this decoder looks into. */
export const Pccc = {
  diagnostic: 0x06,
  mode: 0x07,
  extended: 0x0f,
  diagnosticStatus: 0x03,
  logicalReadTwo: 0xa1,
  logicalReadThree: 0xa2,
  logicalWriteTwo: 0xa9,
  logicalWriteThree: 0xaa,
  logicalMaskedWrite: 0xab,
} as const;

/** Whether a function code follows the transaction number. */
export function hasFunction(command: number): boolean {
  return command === Pccc.diagnostic || command === Pccc.mode || command === Pccc.extended;
}

/** Name and access of a command; `fnc` is negative for those without a function code. */
export function pcccOperation(command: number, fnc: number): Described {
  const code = fnc < 0 ? hexNumber(command, 2) : `${hexNumber(command, 2)}/${hexNumber(fnc, 2)}`;
  return commandsOf(command).get(fnc < 0 ? command : fnc) ?? [`Command ${code}`, 'write'];
}

function commandsOf(command: number): Commands {
  switch (command) {
    case Pccc.diagnostic:
      return DIAGNOSTIC;
    case Pccc.mode:
      return MODE;
    case Pccc.extended:
      return EXTENDED;
    default:
      return PLAIN;
  }
}

/** What a person who misspelt a name may have meant. */

/** Names that people use for the same thing. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['https', 'tls'],
  ['ssl', 'tls'],
  ['modbus-tcp', 'modbus'],
  ['modbus/tcp', 'modbus'],
  ['mbap', 'modbus'],
  ['s7', 's7comm'],
  ['iso-tsap', 's7comm'],
  ['s7commplus', 's7comm-plus'],
  ['ethernet-ip', 'enip'],
  ['ethernet/ip', 'enip'],
  ['ethernetip', 'enip'],
  ['cip', 'enip'],
  ['iec-104', 'iec104'],
  ['iec60870-5-104', 'iec104'],
  ['opc-ua', 'opcua'],
  ['bacnet/ip', 'bacnet'],
  ['cifs', 'smb'],
  ['tds', 'mssql'],
  ['sql', 'mssql'],
  ['rfb', 'vnc'],
  ['profinet', 'profinet-io'],
  ['hart', 'hart-ip'],
  ['domain', 'dns'],
  ['execute', 'control'],
  ['command', 'control'],
  ['download', 'program'],
  ['upload', 'program'],
  ['diagnostics', 'diagnostic'],
  ['connect', 'session'],
  ['office', 'enterprise'],
  ['it', 'enterprise'],
  ['internet', 'external'],
  ['scada', 'supervisory'],
  ['operations', 'supervisory'],
  ['cell', 'control'],
  ['sis', 'safety'],
]);

/** Longer words are not compared: no name is so long. */
const LONGEST = 64;

/** The one of `names` that `written` is most like, or null when it is like none. */
export function closest(written: string, names: Iterable<string>): string | null {
  const word = written.trim().toLowerCase().slice(0, LONGEST);
  const other = OTHER_NAMES.get(word);
  let best: string | null = null;
  let least = Math.floor(word.length / 3) + 1; // a third of the letters may be wrong
  for (const name of names) {
    if (name === other) return name;
    const distance = editDistance(word, name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** Letters to insert, leave out, replace or swap with the next to make one word the other (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

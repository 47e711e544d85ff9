/** Programs that people read captures with, and how they are asked to read one whole. */
import { spawnSync } from 'node:child_process';

export const TOOLS = [
  { name: 'tcpdump', does: 'copies the packets', arguments: (file) => ['-r', file, '-w', '/dev/null'] },
  { name: 'tcpdump', does: 'prints a line for each', arguments: (file) => ['-nn', '-q', '-r', file] },
  { name: 'ndpiReader', does: 'flows and protocols', arguments: (file) => ['-i', file, '-q'] },
  {
    name: 'tshark',
    does: 'TCP conversations',
    arguments: (file, packets) => [...first(packets), '-n', '-r', file, '-q', '-z', 'conv,tcp'],
  },
  {
    name: 'tshark',
    does: 'full dissection',
    arguments: (file, packets) => [...first(packets), '-n', '-r', file, '-T', 'fields', '-e', 'frame.number'],
  },
  {
    name: 'zeek',
    does: 'protocol logs',
    arguments: (file) => ['-C', '-r', file, 'Log::default_writer=Log::WRITER_NONE'],
  },
];

function first(packets) {
  return packets === undefined ? [] : ['-c', String(packets)];
}

/** Whether a program is installed. */
export function installed(name) {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

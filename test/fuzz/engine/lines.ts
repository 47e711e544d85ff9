/** Changes text by its lines: what is written one thing to a line, and nested by its indentation. */
import type { Material } from './mutate.ts';

export function changedLines(bytes: Uint8Array, { random, words, others }: Material): Uint8Array {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  const at = random.below(lines.length);
  const line = lines[at] as string;
  switch (random.below(7)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, line);
      break;
    case 2:
      lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1 + random.below(3)));
      break;
    case 3:
      lines[at] = random.chance(0.5) ? `  ${line}` : line.replace(/^ {1,2}/, '');
      break;
    case 4: {
      const word = words[random.below(words.length)];
      if (word !== undefined) lines[at] = line.replace(/[^\s:,[\]{}]+\s*$/, Buffer.from(word).toString('latin1'));
      break;
    }
    case 5: {
      const other = others[random.below(others.length)]?.[0]?.bytes;
      const theirs = Buffer.from(other ?? bytes)
        .toString('latin1')
        .split('\n');
      const from = random.below(theirs.length);
      lines.splice(at, 0, ...theirs.slice(from, from + 1 + random.below(4)));
      break;
    }
    default: {
      const times = random.below(random.chance(0.1) ? 500 : 5);
      lines.splice(at, 0, ...Array.from({ length: times }, () => line));
    }
  }
  return Buffer.from(lines.join('\n'), 'latin1');
}

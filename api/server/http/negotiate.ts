/** Which of the forms that a resource has a client wants (RFC 9110, section 12.5.1). */
import { Problem } from './problem.ts';

interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * The form that the client likes best; of equally liked ones the first offered.
 *
 * @param accept the header; without it anything will do
 * @throws Problem NOT_ACCEPTABLE
 */
export function negotiate<const T extends string>(accept: string | undefined, offered: readonly T[]): T {
  const ranges = (accept ?? '*/*').split(',').map(range);
  let best: { form: T; quality: number } | undefined;
  for (const form of offered) {
    const quality = qualityOf(form, ranges);
    if (quality > (best?.quality ?? 0)) best = { form, quality };
  }
  if (best === undefined) throw new Problem('NOT_ACCEPTABLE', `there is ${offered.join(', ')}`);
  return best.form;
}

function range(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

/** What the most exact of the ranges that hold the form says of it. */
function qualityOf(form: string, ranges: readonly Range[]): number {
  for (const wanted of [form, `${form.split('/', 1)[0]}/*`, '*/*']) {
    const found = ranges.find(({ type }) => type === wanted);
    if (found !== undefined) return found.quality;
  }
  return 0;
}

import { statSync } from 'node:fs';
import type { WriteStream } from 'node:tty';
import cliProgress, { type Options } from 'cli-progress';
import type { Progress } from '../../agent/analyze.ts';
import { bytesText, countText, durationText } from '../../agent/report/numbers.ts';
import { visible } from '../../agent/report/visible.ts';

/** A bar with bytes, rate and time left while captures are read; silent where there is no terminal to draw on. */
export class ReadingProgress {
  readonly #bar: cliProgress.SingleBar | undefined;
  readonly #sizes: readonly number[];
  readonly #names: readonly string[];
  readonly #startedAt = performance.now();

  constructor(stream: NodeJS.WriteStream, sources: readonly string[]) {
    this.#names = sources;
    this.#sizes = sources.map((source) => statSync(source, { throwIfNoEntry: false })?.size ?? 0);
    if (!stream.isTTY) return;
    const total = this.#sizes.reduce((sum, size) => sum + size, 0);
    this.#bar = new cliProgress.SingleBar({
      stream: stream as WriteStream,
      clearOnComplete: true,
      hideCursor: true,
      format: (options, params, payload) => this.#format(options, params, payload.step as Progress | undefined),
    });
    this.#bar.start(total, 0);
  }

  show(step: Progress): void {
    const before = this.#sizes.slice(0, step.file).reduce((sum, size) => sum + size, 0);
    this.#bar?.update(before + step.bytesRead, { step });
  }

  stop(): void {
    this.#bar?.stop();
  }

  #format(options: Options, { value, total, progress }: Params, step: Progress | undefined): string {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const rate = seconds > 0 ? value / seconds : 0;
    const left = total > 0 && rate > 0 ? `${durationText(Math.max(0, total - value) / rate)} left` : '';
    const known =
      total > 0
        ? `${cliProgress.Format.BarFormat(progress, options)} ${bytesText(value)} of ${bytesText(total)}`
        : bytesText(value);
    const packets = step === undefined ? '' : `  ${countText(step.packets)} packets`;
    return ` ${known}  ${bytesText(rate)}/s  ${left}${packets}  ${visible(this.#names[step?.file ?? 0] ?? '')}`;
  }
}

interface Params {
  readonly value: number;
  readonly total: number;
  readonly progress: number;
}

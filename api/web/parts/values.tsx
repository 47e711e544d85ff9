/** Single values: unknown ones, times, severities, zone kinds, accesses. */
import { CircleAlert, Info, OctagonAlert, TriangleAlert } from 'lucide-preact';
import { agoWords, localWords, spanWords } from './words.ts';

/** An en dash, with the reason why the value is not known. */
export function Unknown({ why = 'not heard' }: { readonly why?: string }) {
  return (
    <span class="soft" title={why}>
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">{why}</span>
    </span>
  );
}

interface KnownProps {
  readonly value: string | number | null | undefined;
  /** Why it is unknown, if it is. */
  readonly why?: string;
}

/** The value, or that it is unknown. */
export function Known({ value, why = 'not heard' }: KnownProps) {
  return value === null || value === undefined || value === '' ? <Unknown why={why} /> : value;
}

interface TimeProps {
  /** ISO 8601 UTC. */
  readonly at: string | null | undefined;
  /** How long ago instead of when. */
  readonly ago?: boolean;
}

/** In the reader's zone; the exact UTC on hover. */
export function Time({ at, ago = false }: TimeProps) {
  if (at === null || at === undefined) return <Unknown why="no time is known" />;
  return (
    <time dateTime={at} title={`${at.replace('T', ' ').replace('Z', '')} UTC`}>
      {ago ? agoWords(at) : localWords(at)}
    </time>
  );
}

interface SpanProps {
  /** ISO 8601 UTC, both. */
  readonly from: string;
  readonly to: string;
}

/** From when to when: the day is said once. */
export function Span({ from, to }: SpanProps) {
  const utc = (at: string) => at.replace('T', ' ').replace('Z', '');
  return <span title={`${utc(from)} – ${utc(to)} UTC`}>{spanWords(from, to)}</span>;
}

export type SeverityName = 'low' | 'medium' | 'high' | 'critical';
const SEVERITY_ICONS = { low: Info, medium: TriangleAlert, high: CircleAlert, critical: OctagonAlert } as const;

export function Severity({ of }: { readonly of: SeverityName }) {
  const Icon = SEVERITY_ICONS[of];
  return (
    <span class={`severity ${of}`}>
      <Icon size={15} aria-hidden="true" /> {of}
    </span>
  );
}

/** A zone's kind: its colour and its word. */
export function ZoneKind({ kind }: { readonly kind: string }) {
  return (
    <span class="zone-kind" data-kind={kind}>
      {kind}
    </span>
  );
}

export function Access({ of }: { readonly of: string | null }) {
  if (of === null) return <Unknown why="no operation was recognised" />;
  return (
    <span class="access" data-access={of}>
      {of}
    </span>
  );
}

/** Numbers with their units, as people read them. */
import { decimal } from '../decimal.ts';

/** `1,234,567` */
export function countText(n: number): string {
  return decimal(Math.round(n));
}

/** Decimal units: `1.2 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** `0.25 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 d 6 h`. */
export function durationText(seconds: number): string {
  if (seconds < 1) return `${seconds.toFixed(seconds < 0.01 && seconds > 0 ? 4 : 2)} s`;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

/** `2026-03-02 08:00:00 UTC` of microseconds since 1970. */
export function timeText(microseconds: number): string {
  const time = new Date(microseconds / 1000);
  if (Number.isNaN(time.getTime())) return 'a time outside the calendar';
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

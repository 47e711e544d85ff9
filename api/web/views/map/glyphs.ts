/** A picture for each role, drawn in one colour: icons of Lucide as data URIs, as the map's canvas wants them. */
import { CircleHelp } from 'lucide-preact';
import { h, render } from 'preact';
import { ROLE_ICONS } from '../../parts/role.tsx';

const drawn = new Map<string, string>();

/** @param colour of CSS */
export function glyph(role: string, colour: string): string {
  const key = `${role} ${colour}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const box = document.createElement('div');
  render(h(ROLE_ICONS[role] ?? CircleHelp, { size: 48, color: colour, strokeWidth: 1.75 }), box);
  const uri = `data:image/svg+xml;utf8,${encodeURIComponent(box.innerHTML)}`;
  drawn.set(key, uri);
  return uri;
}

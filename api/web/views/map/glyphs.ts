/** A picture for each role, drawn in one colour: icons of Lucide as SVG. */
import { CircleHelp } from 'lucide-preact';
import { h, render } from 'preact';
import { ROLE_ICONS } from '../../parts/role.tsx';

const drawn = new Map<string, { readonly svg: string; readonly url: string }>();

/**
 * An address of the picture in this page. Cytoscape goes through it by characters each time that it styles a node, so
 * the picture itself, as a data URI, would be most of its work.
 *
 * @param colour of CSS
 */
export function glyphUrl(role: string, colour: string): string {
  return glyph(role, colour).url;
}

/** The picture as it stands in another SVG: as a data URI, needing nothing of this page. */
export function glyphData(role: string, colour: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(glyph(role, colour).svg)}`;
}

function glyph(role: string, colour: string) {
  const key = `${role} ${colour}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const box = document.createElement('div');
  render(h(ROLE_ICONS[role] ?? CircleHelp, { size: 48, color: colour, strokeWidth: 1.75 }), box);
  const svg = box.innerHTML;
  const made = { svg, url: URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })) };
  drawn.set(key, made);
  return made;
}

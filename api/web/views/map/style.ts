/**
 * How the map looks. Shapes and sizes are the same in both themes; colours stand twice, those of the dark one for the
 * class `dark`: so a change of theme applies a few colours to each element, and no size is measured again.
 */
import type { NodeSingular, StylesheetJson } from 'cytoscape';
import { glyphUrl } from './glyphs.ts';
import { ZONE_PADDING } from './layout.ts';

const KINDS = ['enterprise', 'dmz', 'supervisory', 'control', 'safety', 'field', 'remote', 'external'];
const ACCESSES = ['session', 'diagnostic', 'read', 'write', 'control', 'program'];
/** Tokens of the page for what is thought of the traffic between two zones. */
const VERDICTS = { allowed: '--good', proposed: '--accent', violating: '--severity-critical' };

/**
 * Cytoscape 3.34 takes a node without an image for one whose image is being loaded, and again for one whose image is
 * there, in every picture; each time it works out the style of the node and of all that lies in it. An image of no size
 * is there, and never drawn.
 */
const NO_IMAGE = {
  'background-image': 'data:image/svg+xml,%3Csvg%20xmlns="http://www.w3.org/2000/svg"/%3E',
  'background-width': 0,
} as const;

export function mapStyle(): StylesheetJson {
  const font = getComputedStyle(document.documentElement).getPropertyValue('--font');
  return [
    { selector: 'node', style: { 'font-family': font, ...NO_IMAGE } },
    ...shapes(),
    ...colours('light', ''),
    ...colours('dark', '.dark'),
    { selector: '.out, .off', style: { display: 'none' } },
  ];
}

function shapes(): StylesheetJson {
  return [
    {
      selector: '.band',
      style: {
        shape: 'rectangle',
        width: 'data(width)',
        height: 'data(height)',
        'border-width': 0,
        label: 'data(label)',
        'font-size': 22,
        'text-halign': 'left',
        'text-valign': 'center',
        'text-margin-x': -18,
        'text-wrap': 'wrap',
        'text-max-width': '150px',
        'z-compound-depth': 'bottom',
        events: 'no',
      },
    },
    {
      selector: '.zone',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '14',
        'border-width': 2.5,
        padding: `${ZONE_PADDING}px`,
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-valign': 'top',
        'text-halign': 'center',
        'text-margin-y': ZONE_PADDING - 4,
        'min-width': 'data(width)',
        'font-size': 17,
        'font-weight': 600,
        'min-zoomed-font-size': 5,
      },
    },
    { selector: '.zone[?empty]', style: { width: 'data(width)', height: 40, 'border-style': 'dashed' } },
    {
      selector: '.asset',
      style: {
        shape: 'ellipse',
        width: 42,
        height: 42,
        'background-width': '58%',
        'background-height': '58%',
        'border-width': 1,
        label: 'data(label)',
        'font-size': 13,
        'text-valign': 'bottom',
        'text-margin-y': 4,
        'text-wrap': 'ellipsis',
        'text-max-width': '100px',
        'min-zoomed-font-size': 7,
      },
    },
    {
      selector: '.conduit',
      style: {
        'curve-style': 'bezier',
        width: 'data(width)',
        'line-style': 'data(line)' as 'solid',
        'target-arrow-shape': 'data(forward)' as 'triangle',
        'source-arrow-shape': 'data(backward)' as 'triangle',
        'arrow-scale': 1.3,
        opacity: 0.85,
        'z-compound-depth': 'top',
      },
    },
    {
      selector: '.pair',
      style: {
        display: 'none',
        'curve-style': 'straight',
        width: 'data(width)',
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        opacity: 0.8,
        'z-compound-depth': 'top',
      },
    },
    // from near, what assets say to each other instead of what zones do
    { selector: '.pair.near, .pair.lit, .pair.pinned', style: { display: 'element' } },
    { selector: '.conduit.near', style: { opacity: 0.25 } },
    { selector: '.asset.far', style: { opacity: 0, 'text-opacity': 0, events: 'no' } },
    {
      selector: '.zone.far',
      style: {
        'font-size': 30,
        'text-valign': 'center',
        'text-margin-y': 0,
        'text-max-width': ((zone: NodeSingular) => zone.data('width') + 2 * ZONE_PADDING) as unknown as string,
      },
    },
    { selector: '.lit', style: { opacity: 1, 'underlay-opacity': 0.35, 'underlay-padding': 4 } },
    { selector: '.pinned', style: { opacity: 1 } },
    { selector: 'node.chosen', style: { 'border-width': 4 } },
    { selector: 'edge.chosen', style: { opacity: 1 } },
  ];
}

/** @param of the class of elements that are drawn in this theme */
function colours(theme: 'light' | 'dark', of: string): StylesheetJson {
  // the canvas knows neither var() nor light-dark(): a probe tells what they come to, in a page that is of this theme for
  // as long as it is asked, and not drawn meanwhile
  const { dataset } = document.documentElement;
  const { theme: before } = dataset;
  dataset['theme'] = theme;
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const text = colour('--text');
  const focus = colour('--focus');
  const line = (token: string) => {
    const value = colour(token);
    return { 'line-color': value, 'target-arrow-color': value, 'source-arrow-color': value };
  };
  const style: StylesheetJson = [
    { selector: `.band${of}`, style: { 'background-color': colour('--ground'), color: colour('--text-soft') } },
    { selector: `.band[?other]${of}`, style: { 'background-color': colour('--raised') } },
    {
      selector: `.zone${of}`,
      style: { 'background-color': colour('--surface'), 'border-color': colour('--text-soft'), color: text },
    },
    ...KINDS.map((kind) => ({
      selector: `.zone[kind="${kind}"]${of}`,
      style: { 'border-color': colour(`--kind-${kind}`) },
    })),
    {
      selector: `.asset${of}`,
      style: {
        'background-color': colour('--raised'),
        'background-image': (node: NodeSingular) => glyphUrl(node.data('role'), text),
        'border-color': colour('--line-strong'),
        color: text,
      },
    },
    ...Object.entries(VERDICTS).map(([verdict, token]) => ({
      selector: `.conduit[verdict="${verdict}"]${of}`,
      style: line(token),
    })),
    { selector: `.pair${of}`, style: line('--text-soft') },
    ...ACCESSES.map((access) => ({ selector: `.pair[access="${access}"]${of}`, style: line(`--access-${access}`) })),
    { selector: `.pair[verdict="violating"]${of}`, style: line(VERDICTS.violating) },
    { selector: `.lit${of}`, style: { 'underlay-color': focus } },
    { selector: `node.chosen${of}`, style: { 'border-color': focus } },
    { selector: `edge.chosen${of}`, style: { 'line-color': focus } },
  ];
  probe.remove();
  if (before === undefined) delete dataset['theme'];
  else dataset['theme'] = before;
  return style;
}

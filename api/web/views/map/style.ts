/** How the map looks, in the colours of the page: read anew when the theme changes. */
import type { NodeSingular, StylesheetJson } from 'cytoscape';
import { glyph } from './glyphs.ts';

export function mapStyle(): StylesheetJson {
  const css = getComputedStyle(document.documentElement);
  // the canvas knows neither var() nor light-dark(): a probe tells what they come to
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const font = css.getPropertyValue('--font');
  const text = colour('--text');
  const soft = colour('--text-soft');
  const surface = colour('--surface');
  const kinds = ['enterprise', 'dmz', 'supervisory', 'control', 'safety', 'field', 'remote', 'external'];
  const accesses = ['session', 'diagnostic', 'read', 'write', 'control', 'program'];
  const verdicts = {
    allowed: colour('--good'),
    proposed: colour('--accent'),
    violating: colour('--severity-critical'),
  };
  const style: StylesheetJson = [
    { selector: 'node', style: { 'font-family': font, color: text } },
    {
      selector: '.band',
      style: {
        shape: 'rectangle',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': colour('--ground'),
        'border-width': 0,
        label: 'data(label)',
        'font-size': 22,
        color: soft,
        'text-halign': 'left',
        'text-valign': 'center',
        'text-margin-x': -18,
        'text-wrap': 'wrap',
        'text-max-width': '150px',
        'z-compound-depth': 'bottom',
        events: 'no',
      },
    },
    { selector: '.band.other', style: { 'background-color': colour('--raised') } },
    {
      selector: '.zone',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '14',
        'background-color': surface,
        'border-width': 2.5,
        'border-color': soft,
        padding: '26px',
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-valign': 'top',
        'text-halign': 'center',
        'text-margin-y': -6,
        'text-background-color': surface,
        'text-background-opacity': 0.85,
        'text-background-padding': '3px',
        'text-background-shape': 'roundrectangle',
        'min-width': '150px',
        'font-size': 17,
        'font-weight': 600,
        'min-zoomed-font-size': 5,
      },
    },
    { selector: '.zone.empty', style: { width: 150, height: 40, 'border-style': 'dashed' } },
    ...kinds.map((kind) => ({
      selector: `.zone[kind="${kind}"]`,
      style: { 'border-color': colour(`--kind-${kind}`) },
    })),
    {
      selector: '.asset',
      style: {
        shape: 'ellipse',
        width: 42,
        height: 42,
        'background-color': colour('--raised'),
        'background-image': (node: NodeSingular) => glyph(node.data('role'), text),
        'background-width': '58%',
        'background-height': '58%',
        'border-width': 1,
        'border-color': colour('--line-strong'),
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
    ...Object.entries(verdicts).map(([verdict, value]) => ({
      selector: `.conduit[verdict="${verdict}"]`,
      style: { 'line-color': value, 'target-arrow-color': value, 'source-arrow-color': value },
    })),
    {
      selector: '.pair',
      style: {
        display: 'none',
        'curve-style': 'straight',
        width: 'data(width)',
        'line-color': soft,
        'target-arrow-color': soft,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        opacity: 0.8,
        'z-compound-depth': 'top',
      },
    },
    ...accesses.map((access) => ({
      selector: `.pair[access="${access}"]`,
      style: { 'line-color': colour(`--access-${access}`), 'target-arrow-color': colour(`--access-${access}`) },
    })),
    {
      selector: '.pair[verdict="violating"]',
      style: { 'line-color': verdicts.violating, 'target-arrow-color': verdicts.violating },
    },
    // from near, what assets say to each other instead of what zones do
    { selector: '.pair.near, .pair.lit', style: { display: 'element' } },
    { selector: '.conduit.near', style: { opacity: 0.25 } },
    { selector: '.asset.far', style: { opacity: 0, 'text-opacity': 0, events: 'no' } },
    { selector: '.zone.far', style: { 'font-size': 30, 'text-valign': 'center', 'text-max-width': '320px' } },
    { selector: '.out', style: { display: 'none' } },
    {
      selector: '.lit',
      style: { opacity: 1, 'underlay-color': colour('--focus'), 'underlay-opacity': 0.35, 'underlay-padding': 4 },
    },
    {
      selector: 'node.chosen',
      style: { 'border-width': 4, 'border-color': colour('--focus') },
    },
    { selector: 'edge.chosen', style: { 'line-color': colour('--focus'), opacity: 1 } },
  ];
  probe.remove();
  return style;
}

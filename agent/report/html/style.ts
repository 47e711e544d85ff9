/** The page's style sheet: calm and dense on screen, light or dark as the reader's machine is, light on A4 paper. */

import { SEVERITIES } from '../../severity.ts';
import { ACCESS_ORDER } from '../../zones/flow.ts';
import { ZONE_KINDS } from '../../zones/zone.ts';
import { DARK, LIGHT, type Palette } from '../palette.ts';

function tokens(palette: Palette): string {
  const { page, surface, raised, text, muted, rule, accent, kinds, severities, accesses, good } = palette;
  const values: [string, string][] = Object.entries({
    page,
    surface,
    raised,
    text,
    muted,
    rule,
    accent,
    good: good.line,
    'good-fill': good.fill,
  });
  const paints = [
    ...ZONE_KINDS.map((kind) => [`k-${kind}`, kinds[kind]] as const),
    ...SEVERITIES.map((severity) => [`s-${severity}`, severities[severity]] as const),
    ...ACCESS_ORDER.map((access) => [`a-${access}`, accesses[access]] as const),
  ];
  for (const [name, { fill, line }] of paints) values.push([name, line], [`${name}-fill`, fill]);
  return values.map(([name, value]) => `--${name}:${value}`).join(';');
}

function paint(name: string): string {
  return `.${name}{color:var(--${name});background:var(--${name}-fill)}`;
}

const BADGES = [
  ...ZONE_KINDS.map((kind) => paint(`k-${kind}`)),
  ...SEVERITIES.map(
    (severity) =>
      `${paint(`s-${severity}`)}.part.s-${severity}{color:inherit;background:none;border-left-color:var(--s-${severity})}`,
  ),
  ...ACCESS_ORDER.map((access) => paint(`a-${access}`)),
].join('\n');

export const STYLE: string = `
:root{color-scheme:light dark;${tokens(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${tokens(DARK)}}}
*{box-sizing:border-box}
html{font:14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',sans-serif;scroll-padding-top:16px}
body{margin:0;background:var(--page);color:var(--text);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
a{color:var(--accent);text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
tr:target,.part:target,.inside:target,h3:target{background:var(--k-dmz-fill)}
.frame{display:grid;grid-template-columns:216px minmax(0,1fr);max-width:1760px}
nav{position:sticky;top:0;align-self:start;height:100vh;overflow:auto;padding:24px 16px;border-right:1px solid var(--rule);background:var(--surface)}
nav ol{list-style:none;margin:0;padding:0}
nav li{margin:0 0 2px}
nav a{display:block;padding:5px 8px;border-radius:6px;color:var(--text)}
nav a:hover{background:var(--raised);text-decoration:none}
.brand{display:block;margin:0 8px 16px;color:var(--muted)}
main{padding:32px 40px 80px;min-width:0}
header{margin-bottom:24px}
h1{font-size:28px;line-height:1.2;margin:0 0 6px}
h2{font-size:21px;line-height:1.3;margin:56px 0 14px;padding-top:14px;border-top:2px solid var(--text)}
#summary h2{margin-top:0;padding-top:0;border:0}
h3{font-size:16px;margin:32px 0 10px}
h4{font-size:14px;margin:20px 0 8px}
p,ul,ol,dl{margin:0 0 12px;max-width:110ch}
li{margin-bottom:4px}
.muted{color:var(--muted)}
code{font:12.5px/1.45 ui-monospace,'Cascadia Mono',Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere}
.badge{display:inline-block;padding:0 7px;border-radius:5px;font-size:12px;line-height:1.55;font-weight:600;white-space:nowrap;border:1px solid currentcolor}
.good{color:var(--good);background:var(--good-fill)}
.bad{color:var(--s-critical);background:var(--s-critical-fill)}
.unknown{color:var(--muted);background:var(--surface)}
${BADGES}
.note{padding:12px 16px;border:1px solid var(--s-medium);border-left-width:5px;border-radius:6px;background:var(--s-medium-fill);color:var(--text)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(146px,1fr));gap:12px;margin:0 0 16px;padding:0;list-style:none;max-width:none}
.figures li{margin:0}
.figures a{display:block;height:100%;padding:12px 16px;border:1px solid var(--rule);border-radius:8px;background:var(--surface);color:var(--text)}
.figures a:hover{border-color:var(--accent);text-decoration:none}
.figures .is-bad{border-left:5px solid var(--s-critical)}
.figures b{display:block;font-size:26px;line-height:1.2}
.figures small{display:block;color:var(--muted);font-size:12.5px}
dl{display:grid;grid-template-columns:minmax(96px,168px) minmax(0,1fr);gap:4px 16px}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.table{overflow-x:auto;margin:0 0 16px}
table{border-collapse:collapse;font-size:13px;line-height:1.45;min-width:100%}
caption{text-align:left;color:var(--muted);padding:0 0 6px;font-size:12.5px}
th,td{text-align:left;vertical-align:top;padding:5px 10px;border-bottom:1px solid var(--rule)}
th{font-weight:600;background:var(--surface);white-space:nowrap}
thead th{vertical-align:bottom;white-space:normal}
.n{text-align:right;white-space:nowrap}
.w{min-width:190px;overflow-wrap:anywhere}
tbody tr:hover{background:var(--surface)}
.matrix table{min-width:0}
.matrix thead th{height:214px;padding:4px;vertical-align:bottom}
.matrix thead span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:206px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.matrix tbody th{max-width:300px;overflow:hidden;text-overflow:ellipsis}
.matrix td{width:34px;min-width:34px;height:30px;padding:0;text-align:center;vertical-align:middle;font-weight:600;border:1px solid var(--rule)}
.matrix td.same:not([class*=a-]){background:repeating-linear-gradient(45deg,transparent 0 5px,var(--raised) 5px 6px)}
.matrix .violated{box-shadow:inset 0 0 0 3px var(--s-critical),inset 0 0 0 4px var(--page)}
.matrix caption{white-space:nowrap}
.part{margin:0 0 12px;padding:10px 16px;border:1px solid var(--rule);border-left:5px solid var(--rule);border-radius:6px;break-inside:auto}
details.part{padding:0;margin-bottom:6px}
summary{padding:6px 16px;cursor:pointer}
.inside{scroll-margin-top:40px}
summary:hover{background:var(--surface)}
details>.inside{padding:6px 16px 6px}
.part>h4{margin:0 0 8px}
.part .part{border-left-width:3px}
.diagram{overflow-x:auto;margin:0 0 12px;border:1px solid var(--rule);border-radius:8px}
.diagram svg{display:block;max-width:100%;height:auto;min-width:720px;margin:0 auto}
.key{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center;color:var(--muted);font-size:12.5px;margin:0 0 8px}
@media screen and (max-width:900px){.frame{display:block}nav{position:static;height:auto;border:0}main{padding:16px}dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:8px}}
@media print{
@page{size:A4;margin:14mm 13mm 16mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:8pt sans-serif;color:#55616e}@bottom-left{content:'IEC 62443 gap assessment';font:8pt sans-serif;color:#55616e}}
@page wide{size:A4 landscape}
html{font-size:9pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav{display:none}
.frame{display:block}
main{padding:0}
h1{font-size:20pt}
h2{font-size:14pt;margin:0 0 8pt;padding-top:0;border:0;border-bottom:1.5pt solid var(--text)}
section{break-before:page}
section#summary,section#claims{break-before:auto}
section#claims h2{margin-top:20pt}
.landscape{page:wide}
h2,h3,h4,caption,summary{break-after:avoid}
tr,.figures li,.note,dt,dd,li,.diagram{break-inside:avoid}
thead{display:table-header-group}
table{font-size:7.5pt;line-height:1.35;width:100%}
th,td{padding:2.5pt 4pt}
.table,.diagram{overflow:visible}
.w{min-width:0}
.n{white-space:normal}
td,th{overflow-wrap:break-word;hyphens:auto}
td.w{overflow-wrap:anywhere}
thead th{white-space:normal}
dl{grid-template-columns:26mm minmax(0,1fr);gap:1pt 8pt;max-width:none}
p,ul,ol{max-width:none}
td .badge{white-space:nowrap}
code{font-size:7.5pt}
.badge{font-size:7pt}
.figures{grid-template-columns:repeat(3,1fr)}
.figures b{font-size:17pt}
.diagram{border:0}
.diagram svg{min-width:0;max-height:160mm}
details.opens::details-content{content-visibility:visible;display:block;block-size:auto}
details:not(.opens):not([open]) summary::after{content:' (folded: open it on screen)';color:var(--muted)}
details[open]>.inside,details.opens>.inside{padding:2pt 8pt}
a{color:inherit}
}
`;

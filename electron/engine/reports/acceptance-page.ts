import { roleLabel } from '../../../shared/model/role.ts';
import type { UploadRow } from '../database/upload-row-repository.ts';
import { reportTime } from './report-time.ts';
import { changesText, KINDS, reasonText, stateText } from './upload-report.ts';
import type { ReportHead } from './upload-report.ts';

/** The acceptance sheet as a page to print (IMP-9). Everything in it is text: what comes from a file is never markup. */
export async function acceptancePage(
  head: ReportHead,
  rows: AsyncIterable<UploadRow>,
): Promise<{ readonly html: string; readonly rowCount: number }> {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  for await (const row of rows) {
    const state = stateText(row);
    counts.set(state, (counts.get(state) ?? 0) + 1);
    const cells = [
      ...[String(row.sourceRow ?? ''), KINDS[row.kind], row.name, row.email, row.role && roleLabel(row.role)],
      ...[state, [reasonText(row), changesText(row)].filter(Boolean).join(' '), row.correlationId],
    ];
    lines.push(`<tr>${cells.map((cell) => `<td dir="auto">${escaped(cell)}</td>`).join('')}</tr>`);
  }
  const summary = [...counts].map(([state, count]) => `${escaped(state)}: ${count}`).join(' · ');
  const headings = ['Row', 'Kind', 'Name', 'E-mail', 'Role', 'Status', 'Details', 'Correlation ID'];
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(head.accountName)}</title><style>${STYLE}</style></head><body>
<h1>Import of users: ${escaped(head.accountName)}</h1>
<p>File ${escaped(head.fileName)}, uploaded ${escaped(reportTime(head.uploadedAt))}, as of ${escaped(reportTime(head.madeAt))}</p>
<p><strong>${summary}</strong></p>
<table><thead><tr>${headings.map((heading) => `<th>${heading}</th>`).join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table>
<p class="sign"><span>Technician</span><span>Customer</span></p></body></html>`;
  return { html, rowCount: lines.length };
}

const STYLE = `body{font:10px system-ui,sans-serif;color:#111}h1{font-size:16px;margin:0 0 4px}p{margin:0 0 8px}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #bbb;padding:3px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead{display:table-header-group}tr{break-inside:avoid}td:last-child{font-size:8px}
.sign{display:flex;gap:48px;margin-top:48px;break-inside:avoid}.sign span{border-top:1px solid #111;padding-top:4px;width:220px}`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

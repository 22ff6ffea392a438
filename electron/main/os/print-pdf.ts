import { BrowserWindow } from 'electron';

/** Prints a page made by the engine, in a window nobody sees: no script, no network, nothing kept. Resolves base64. */
export async function printPdf(html: string): Promise<string> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { javascript: false, sandbox: true, partition: 'report' },
  });
  try {
    window.webContents.session.webRequest.onBeforeRequest((details, answer) =>
      answer({ cancel: !details.url.startsWith('data:') }),
    );
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`);
    const pdf = await window.webContents.printToPDF({
      pageSize: 'A4',
      landscape: true,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="font-size:8px;width:100%;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
    });
    return pdf.toString('base64');
  } finally {
    window.destroy();
  }
}

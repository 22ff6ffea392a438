/** The style of the sandbox's pages; a striped edge marks them as practice wherever they are seen. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #17212b; --soft: #51606e; --paper: #fff; --ground: #eef1f4; --line: #c9d2da;
  --accent: #00597a; --accent-ink: #fff; --warn: #fff4d6; --warn-ink: #5c4300; --bad: #fdeaea; --bad-ink: #8c1d18; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a9b6c2; --paper: #1b242d; --ground: #10161c; --line: #3a4754;
  --accent: #6cc5e8; --accent-ink: #06212c; --warn: #3a2f10; --warn-ink: #ffe1a0; --bad: #431a1a; --bad-ink: #ffb9b3; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 32px 16px; background: var(--ground); color: var(--ink);
  font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 520px; margin: 0 auto; padding: 28px 32px 24px; background: var(--paper); border: 1px solid var(--line);
  border-radius: 8px; border-top: 10px solid transparent;
  border-image: repeating-linear-gradient(-45deg, #e0a100 0 12px, #2b2b2b 12px 24px) 10 0 0 0; }
h1 { margin: 0 0 12px; font-size: 22px; font-weight: 600; }
h2 { margin: 24px 0 8px; font-size: 15px; font-weight: 600; }
.light { color: var(--soft); font-weight: 400; }
.notice, .error { margin: 0 0 8px; padding: 10px 12px; border-radius: 6px; background: var(--warn); color: var(--warn-ink); }
.error { background: var(--bad); color: var(--bad-ink); }
.people { margin: 0; padding: 0; list-style: none; display: grid; gap: 6px; }
button, input { font: inherit; color: inherit; }
.person { width: 100%; display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 10px 12px; text-align: left;
  background: none; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
.person:hover { border-color: var(--accent); }
.who { font-weight: 600; }
.role { color: var(--accent); }
.where { grid-column: 1 / -1; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
label { display: block; margin: 10px 0 4px; }
input:not([type=hidden]) { width: 100%; padding: 8px 10px; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; }
.primary { margin-top: 16px; width: 100%; padding: 10px; background: var(--accent); color: var(--accent-ink); border: 0;
  border-radius: 6px; font-weight: 600; cursor: pointer; }
.plain { margin-top: 16px; width: 100%; padding: 8px; background: none; border: 0; color: var(--accent); text-decoration: underline; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

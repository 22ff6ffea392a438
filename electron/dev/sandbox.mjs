// npm run sandbox: the sandbox cloud alone, on a port of its own. Options after -- go to `fieldlink sandbox start`.
process.argv.splice(2, 0, 'sandbox', 'start', '--port', '4310');
await import('./fieldlink.mjs');

#!/usr/bin/env node
process.argv.splice(2, 0, 'plimsoll');
await import('../tools/launch.mjs');

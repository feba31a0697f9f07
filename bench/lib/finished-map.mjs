// The least that a Node process holds that ends up with a map: it speaks HTTPS, and reads the finished map from a file.
// Usage: node bench/lib/finished-map.mjs <file>; the most that it ever held on standard output, in KiB.
import 'node:crypto';
import 'node:https';
import 'node:zlib';
import { readFileSync } from 'node:fs';

const map = JSON.parse(readFileSync(process.argv[2], 'utf8'));
if (!map.complete) throw new Error('this is not a whole map');
process.stdout.write(String(process.resourceUsage().maxRSS));

import { levelLabels } from '@lunwarden/contract';
import { html } from './markup.js';

const words: [string, string][] = [
  ['Proxy', 'A host that reads VM disks for the backup product.'],
  ['Blocked', `Critical or high: a patch or a reboot may let this host write on a LUN that holds VMs.`],
  [
    levelLabels.unknown,
    'A fact that the verdict needs is missing, stale or contradicts another. It counts as danger, never as safety.',
  ],
  [levelLabels.minimal, 'Every guard was read, is fresh and holds.'],
  [
    'VMs at risk',
    'Distinct VMs on LUNs that a critical, high or unknown proxy sees. A VM behind two proxies counts once.',
  ],
  ['At least', 'A lower bound: part of the map from LUN to VM could not be read.'],
  ['Writable LUN', 'A LUN with a VMFS volume that the operating system of the proxy has online and may write on.'],
  ['Direct SAN', 'The proxy reads production LUNs over the SAN itself.'],
  ['Virtual Appliance', 'The proxy is a VM, and disks are attached to it (hot-add).'],
  ['Network', 'The proxy reads through the ESXi host and sees no LUN (NBD).'],
  ['Automount', 'Whether Windows mounts volumes of new disks by itself.'],
  ['SAN policy', 'Whether Windows brings new disks online. It does not change disks that are known already.'],
];

export const glossary = html`<h2>Words</h2>
<dl>
${words.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>\n`)}</dl>
`;

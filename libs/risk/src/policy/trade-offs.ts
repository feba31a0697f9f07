/** Read speed relative to Direct SAN, and who pays. Assumptions until sessions are measured: vendors publish an order, not figures. */
export const tradeOffs = {
  'direct-san': { throughputIndex: 1, esxiLoad: 'None on ESXi or the LAN (assumption)' },
  'virtual-appliance': {
    throughputIndex: 0.85,
    esxiLoad: 'ESXi storage stack; snapshot and attach time for each VM (assumption)',
  },
  network: {
    throughputIndex: 0.45,
    esxiLoad: 'ESXi management stack and LAN; TLS costs ESXi CPU. At 10 GbE; about 0.1 at 1 GbE (assumption)',
  },
} as const;

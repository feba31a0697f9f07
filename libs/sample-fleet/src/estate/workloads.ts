/** What a datastore is for, and the words that name the VMs on it. */
export type Workload = { word: string; isTier1: boolean; machines: readonly [string, ...string[]] };

/** Datastores of a cluster take these in turn. */
export const workloads: readonly [Workload, ...Workload[]] = [
  { word: 'SQL', isTier1: true, machines: ['sql', 'sql', 'sqlag', 'ssrs'] },
  { word: 'GEN', isTier1: false, machines: ['app', 'fs', 'print', 'sftp', 'lic', 'jump'] },
  { word: 'ERP', isTier1: true, machines: ['sap-app', 'sap-hana', 'sap-wd', 'erp-int'] },
  { word: 'WEB', isTier1: false, machines: ['web', 'web', 'proxy', 'cms', 'api'] },
  { word: 'INFRA', isTier1: false, machines: ['dc', 'dns', 'dhcp', 'ca', 'wsus', 'mon', 'syslog', 'nps'] },
  { word: 'GEN', isTier1: false, machines: ['app', 'app', 'batch', 'mq', 'etl'] },
  { word: 'VDI', isTier1: false, machines: ['rds', 'rds', 'vdi', 'ctx'] },
  { word: 'MAIL', isTier1: false, machines: ['exch', 'smtp', 'arch'] },
  { word: 'DEV', isTier1: false, machines: ['dev', 'tst', 'ci', 'git', 'reg'] },
  { word: 'K8S', isTier1: false, machines: ['k8s-cp', 'k8s-node', 'k8s-node', 'k8s-node'] },
];

/** Sites in the order in which vCenters take them; past the last they are numbered. */
export const sites = ['ams', 'fra', 'lon', 'par', 'mad', 'mil', 'zrh', 'vie', 'cph', 'osl', 'hel', 'waw'] as const;

export const siteName = (at: number): string => {
  const round = Math.floor(at / sites.length);
  return `${sites[at % sites.length]}${round === 0 ? '' : `-${round + 1}`}`;
};

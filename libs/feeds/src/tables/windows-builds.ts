/** How one build is called by Microsoft's bulletins, and which release of endoflife.date it is. */
type Build = { server?: string; serverCycle?: string; client?: string; clientCycle?: string };

/**
 * `NT version.build` -> names. `{arch}` stands for x64, x86 (32-bit) or ARM64. One build is a server and a client;
 * builds of one marketing name are different products: 2008 R2 without and with Service Pack 1, each Windows 10 version.
 * Source: Microsoft, Windows release information; spelling as in the Security Update Guide.
 */
export const windowsBuilds: Readonly<Record<string, Build>> = {
  '6.0.6001': {
    server: 'Windows Server 2008 for {arch} Systems',
    client: 'Windows Vista {arch} Edition Service Pack 1',
  },
  '6.0.6002': {
    server: 'Windows Server 2008 for {arch} Systems Service Pack 2',
    serverCycle: '2008-sp2',
    client: 'Windows Vista {arch} Edition Service Pack 2',
  },
  '6.0.6003': { server: 'Windows Server 2008 for {arch} Systems Service Pack 2', serverCycle: '2008-sp2' },
  '6.1.7600': { server: 'Windows Server 2008 R2 for {arch} Systems', client: 'Windows 7 for {arch} Systems' },
  '6.1.7601': {
    server: 'Windows Server 2008 R2 for {arch} Systems Service Pack 1',
    serverCycle: '2008-r2-sp1',
    client: 'Windows 7 for {arch} Systems Service Pack 1',
  },
  '6.2.9200': { server: 'Windows Server 2012', serverCycle: '2012', client: 'Windows 8 for {arch} Systems' },
  '6.3.9600': { server: 'Windows Server 2012 R2', serverCycle: '2012-r2', client: 'Windows 8.1 for {arch} Systems' },
  '10.0.10240': { client: 'Windows 10 for {arch} Systems' },
  '10.0.10586': { client: 'Windows 10 Version 1511 for {arch} Systems' },
  '10.0.14393': {
    server: 'Windows Server 2016',
    serverCycle: '2016',
    client: 'Windows 10 Version 1607 for {arch} Systems',
  },
  '10.0.15063': { client: 'Windows 10 Version 1703 for {arch} Systems' },
  '10.0.16299': { server: 'Windows Server, version 1709', client: 'Windows 10 Version 1709 for {arch} Systems' },
  '10.0.17134': { server: 'Windows Server, version 1803', client: 'Windows 10 Version 1803 for {arch} Systems' },
  '10.0.17763': {
    server: 'Windows Server 2019',
    serverCycle: '2019',
    client: 'Windows 10 Version 1809 for {arch} Systems',
  },
  '10.0.18362': { server: 'Windows Server, version 1903', client: 'Windows 10 Version 1903 for {arch} Systems' },
  '10.0.18363': { server: 'Windows Server, version 1909', client: 'Windows 10 Version 1909 for {arch} Systems' },
  '10.0.19041': { server: 'Windows Server, version 2004', client: 'Windows 10 Version 2004 for {arch} Systems' },
  '10.0.19042': { server: 'Windows Server, version 20H2', client: 'Windows 10 Version 20H2 for {arch} Systems' },
  '10.0.19043': { client: 'Windows 10 Version 21H1 for {arch} Systems' },
  '10.0.19044': { client: 'Windows 10 Version 21H2 for {arch} Systems' },
  '10.0.19045': { client: 'Windows 10 Version 22H2 for {arch} Systems', clientCycle: '10-22h2' },
  '10.0.20348': { server: 'Windows Server 2022', serverCycle: '2022' },
  '10.0.22000': { client: 'Windows 11 Version 21H2 for {arch} Systems' },
  '10.0.22621': { client: 'Windows 11 Version 22H2 for {arch} Systems' },
  '10.0.22631': { client: 'Windows 11 Version 23H2 for {arch} Systems' },
  '10.0.25398': { server: 'Windows Server 2022, 23H2 Edition', serverCycle: '23h2-ac' },
  '10.0.26100': {
    server: 'Windows Server 2025',
    serverCycle: '2025',
    client: 'Windows 11 Version 24H2 for {arch} Systems',
    clientCycle: '11-24h2-e',
  },
  '10.0.26200': { client: 'Windows 11 Version 25H2 for {arch} Systems', clientCycle: '11-25h2-e' },
};

import type { Connection } from '../transport/connection.js';
import { VsphereError } from '../vsphere-error.js';
import { checkStatus } from './call.js';
import { XmlReader } from './xml-reader.js';

/**
 * API versions whose answers this library was written against, newest first.
 * Asking for a newer one would bring types that nobody here has read about.
 */
const knownVersions = [
  '9.0.0.0',
  '8.0.3.0',
  '8.0.2.0',
  '8.0.1.0',
  '8.0.0.1',
  '8.0.0.0',
  '7.0.3.2',
  '7.0.3.1',
  '7.0.3.0',
  '7.0.2.1',
  '7.0.2.0',
  '7.0.1.1',
  '7.0.1.0',
  '7.0',
  '6.9.1',
  '6.8.7',
  '6.7.3',
  '6.7.2',
  '6.7.1',
  '6.7',
  '6.5',
];

/** The newest version that both sides know; `GET /sdk/vimServiceVersions.xml` needs no login. */
export async function negotiateVersion(connection: Connection, signal: AbortSignal): Promise<string> {
  const offered = await connection.exchange(
    { method: 'GET', path: '/sdk/vimServiceVersions.xml' },
    signal,
    async (answer) => {
      if (answer.status === 500) throw notVcenter();
      checkStatus(answer.status, 'the question for its API versions');
      const reader = new VersionsReader();
      for await (const chunk of answer.chunks) reader.write(chunk);
      return reader.end();
    },
  );
  const version = knownVersions.find((known) => offered.has(known));
  if (version !== undefined) return version;
  throw new VsphereError(
    'vcenter_protocol',
    'The vCenter offers no API version from 6.5 on. Older ones cannot be read.',
  );
}

/** Collects `version` texts inside the `namespace` whose `name` is urn:vim25. */
class VersionsReader {
  private readonly all = new Set<string>();
  private readonly path: string[] = [];
  private namespace = '';
  private textNow = '';
  private readonly xml = new XmlReader(
    {
      open: (name) => {
        if (this.path.length === 0 && name !== 'namespaces') throw notVcenter();
        this.path.push(name);
        this.textNow = '';
      },
      text: (text) => {
        this.textNow += text;
      },
      close: () => {
        const name = this.path.pop();
        if (name === 'name') this.namespace = this.textNow.trim();
        if (name === 'version' && this.namespace === 'urn:vim25') this.all.add(this.textNow.trim());
        this.textNow = '';
      },
    },
    { depth: 8, attributes: 8, runBytes: 1 << 16, totalBytes: 1 << 18 },
  );

  write(bytes: Uint8Array): void {
    this.xml.write(bytes);
  }

  end(): ReadonlySet<string> {
    this.xml.end();
    return this.all;
  }
}

const notVcenter = (): VsphereError =>
  new VsphereError('vcenter_protocol', 'What answers at that address is not a vCenter. Check the address.');

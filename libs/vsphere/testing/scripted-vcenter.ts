import { createServer, type ServerResponse } from 'node:http';
import { closed, listening } from './listening.js';

/** Content of `<XResponse>`, or whatever is done with the response instead. */
export type Reply = string | ((response: ServerResponse) => void);
/** Replies by method (or path for GET); a list is used up call by call, its last one stays. */
export type Script = Readonly<Record<string, Reply | readonly Reply[]>>;

export interface ScriptedVcenter {
  readonly url: string;
  /** Bodies of the requests, in order. */
  readonly requests: readonly string[];
  readonly cookies: ReadonlySet<string>;
  stop(): Promise<void>;
}

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

export const object = (kind: string, id: string, properties: Readonly<Record<string, string>>): string => {
  const sets = Object.entries(properties).map(([name, val]) => `<propSet><name>${name}</name>${val}</propSet>`);
  return `<objects><obj type="${kind}">${id}</obj>${sets.join('')}</objects>`;
};
export const text = (value: string): string => `<val ${xsi} xsi:type="xsd:string">${value}</val>`;
export const refs = (kind: string, ...ids: string[]): string =>
  `<val ${xsi} xsi:type="ArrayOfManagedObjectReference">${ids.map((id) => `<ManagedObjectReference type="${kind}" xsi:type="ManagedObjectReference">${id}</ManagedObjectReference>`).join('')}</val>`;

const returnval = (content: string) => `<returnval>${content}</returnval>`;
const manager = (name: string, kind: string, id: string) => `<${name} type="${kind}">${id}</${name}>`;

/** An empty vCenter: what every method answers unless the script says otherwise. */
const empty: Script = {
  RetrieveServiceContent: returnval(
    [
      manager('rootFolder', 'Folder', 'group-d1'),
      manager('propertyCollector', 'PropertyCollector', 'propertyCollector'),
      manager('viewManager', 'ViewManager', 'ViewManager'),
      '<about><name>Scripted</name><build>1</build><apiType>VirtualCenter</apiType><apiVersion>8.0.2.0</apiVersion><instanceUuid>11111111-2222-3333-4444-555555555555</instanceUuid></about>',
      manager('sessionManager', 'SessionManager', 'SessionManager'),
    ].join(''),
  ),
  Login: returnval('<key>1</key>'),
  Logout: '',
  CreateContainerView: '<returnval type="ContainerView">session[1]view</returnval>',
  DestroyView: '',
  CancelRetrievePropertiesEx: '',
  RetrievePropertiesEx: '',
};

const versions =
  '<?xml version="1.0" encoding="UTF-8" ?><namespaces version="1.0"><namespace><name>urn:vim25</name><version>8.0.2.0</version><priorVersions><version>6.5</version></priorVersions></namespace></namespaces>';

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>\n${body}\n</soapenv:Body></soapenv:Envelope>`;

/** A server of a few words, for what the simulator never says. */
export async function startScripted(script: Script): Promise<ScriptedVcenter> {
  const requests: string[] = [];
  const cookies = new Set<string>();
  const used = new Map<string, number>();
  const pick = (method: string): Reply | undefined => {
    const reply = script[method] ?? empty[method];
    if (!Array.isArray(reply)) return reply as Reply | undefined;
    const at = used.get(method) ?? 0;
    used.set(method, at + 1);
    return reply[Math.min(at, reply.length - 1)];
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    requests.push(body);
    if (request.headers.cookie !== undefined) cookies.add(request.headers.cookie);
    const method = /Body><(\w+)/.exec(body)?.[1];
    const reply = pick(method ?? request.url ?? '');
    if (typeof reply === 'function') return reply(response);
    if (method === undefined) return void response.end(reply ?? versions);
    if (reply === undefined) return void response.writeHead(404).end();
    if (method === 'Login') response.setHeader('set-cookie', 'vmware_soap_session="quoted-1"; Path=/; HttpOnly');
    response.setHeader('content-type', 'text/xml; charset=utf-8');
    response.end(envelope(`<${method}Response xmlns="urn:vim25">${reply}</${method}Response>`));
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, requests, cookies, stop: () => closed(server) };
}

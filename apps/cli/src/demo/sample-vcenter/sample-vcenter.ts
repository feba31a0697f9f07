import { randomUUID } from 'node:crypto';
import type { SampleVcenter as Estate } from '@lunwarden/sample-fleet';
import { Inventory, rootFolder } from './inventory.js';
import { answerOf, notAuthenticated, VimFault } from './soap-answer.js';
import { type Element, textOf } from './soap-request.js';
import { VcenterSession } from './vcenter-session.js';
import { array, data, markup, reference, string } from './vim-value.js';

export type Account = { username: string; password: string };
type Caller = { cookie: string | null };
type Answer = { body: string; setCookie?: string };

/** A vCenter of the sample fleet: as much of vim25 as reading an inventory takes, and its real refusals. */
export class SampleVcenter {
  readonly #sessions = new Map<string, VcenterSession>();
  readonly #inventory: Inventory;

  constructor(
    private readonly estate: Estate,
    private readonly account: Account,
  ) {
    this.#inventory = new Inventory(estate);
  }

  /** Versions that `GET /sdk/vimServiceVersions.xml` offers: its own first. */
  get versions(): string {
    const offered = [...new Set([this.estate.apiVersion, '8.0.2.0', '7.0.3.0', '6.7.3'])];
    const list = offered.map((version) => `<version>${version}</version>`).join('');
    return `<?xml version="1.0" encoding="UTF-8" ?><namespaces version="1.0"><namespace><name>urn:vim25</name>${list}</namespace></namespaces>`;
  }

  /** @throws VimFault */
  answer(call: Element, { cookie }: Caller): Answer {
    const { name } = call;
    if (name === 'RetrieveServiceContent') return { body: answerOf(name, this.#serviceContent()) };
    if (name === 'Login') return this.#login(call, cookie);
    const session = this.#sessions.get(cookie ?? '');
    if (session === undefined || cookie === null) throw notAuthenticated();
    if (name === 'Logout') this.#sessions.delete(cookie);
    return { body: answerOf(name, this.#inSession(session, call)) };
  }

  #inSession(session: VcenterSession, call: Element): string {
    switch (call.name) {
      case 'Logout':
        return '';
      case 'CurrentTime':
        return `<returnval>${new Date().toISOString()}</returnval>`;
      case 'CreateContainerView':
        return session.createContainerView(call);
      case 'DestroyView':
        return session.destroyView(call);
      case 'RetrievePropertiesEx':
        return session.retrievePropertiesEx(call);
      case 'ContinueRetrievePropertiesEx':
        return session.continueRetrievePropertiesEx(call);
      case 'CancelRetrievePropertiesEx':
        return session.cancelRetrievePropertiesEx(call);
      default:
        throw new VimFault('MethodNotFound', `The sample vCenter does not know ${call.name}.`);
    }
  }

  /** A second login on a live session is refused like a wrong password, as by a real vCenter. */
  #login(call: Element, cookie: string | null): Answer {
    const { username, password } = this.account;
    const fits = textOf(call, 'userName') === username && textOf(call, 'password') === password;
    if (!fits || this.#sessions.has(cookie ?? '')) {
      throw new VimFault('InvalidLogin', 'Cannot complete login due to an incorrect user name or password.');
    }
    const key = randomUUID();
    this.#sessions.set(key, new VcenterSession(this.#inventory, key));
    const session = data('UserSession', { key: string(key), userName: string(username), fullName: string(username) });
    return { body: answerOf('Login', markup('returnval', session)), setCookie: key };
  }

  #serviceContent(): string {
    const { version, build, apiVersion, uuid } = this.estate;
    const manager = (kind: string, id = kind) => reference({ kind, id });
    return markup(
      'returnval',
      data('ServiceContent', {
        rootFolder: reference(rootFolder),
        propertyCollector: manager('PropertyCollector', 'propertyCollector'),
        viewManager: manager('ViewManager'),
        about: data('AboutInfo', {
          name: string('VMware vCenter Server'),
          fullName: string(`VMware vCenter Server ${version} build-${build}`),
          vendor: string('VMware, Inc.'),
          version: string(version),
          build: string(build),
          apiType: string('VirtualCenter'),
          apiVersion: string(apiVersion),
          instanceUuid: string(uuid),
          license: array('String', []),
        }),
        sessionManager: manager('SessionManager'),
      }),
    );
  }
}

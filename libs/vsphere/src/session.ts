import { readServiceContent, type ServiceContent } from './service-content.js';
import { returnvalDepth } from './soap/answer-reader.js';
import { negotiateVersion } from './soap/api-version.js';
import { callMethod } from './soap/call.js';
import { leaf, type Markup } from './soap/envelope.js';
import { VimFault } from './soap/vim-fault.js';
import { type Ref, textOf, type XmlElement } from './soap/xml-element.js';
import type { Connection } from './transport/connection.js';
import { VsphereError } from './vsphere-error.js';

export interface Account {
  readonly username: string;
  readonly password: string;
}

/** What is sent on the way out must not keep a caller waiting for a vCenter that hangs. */
const farewellMs = 3_000;
const serviceInstance: Ref = { kind: 'ServiceInstance', id: 'ServiceInstance' };
/** Faults of Login that mean: this account, with this password, will not get in. */
const refusals = new Set([
  'InvalidLogin',
  'NoPermission',
  'PasswordExpired',
  'InvalidLocale',
  'InvalidClientCertificate',
]);

/** A login at one vCenter. Whoever opens one closes it, also after a failure: vCenter has a bounded number of sessions. */
export class Session {
  private cookie: string | null = null;
  private user: string | null = null;

  private constructor(
    private readonly connection: Connection,
    private readonly account: Account,
    private readonly apiVersion: string,
    readonly content: ServiceContent,
    private current: AbortSignal,
  ) {}

  /** Meets the vCenter and logs in. @throws VsphereError */
  static async open(connection: Connection, account: Account, signal: AbortSignal): Promise<Session> {
    const apiVersion = await negotiateVersion(connection, signal);
    try {
      const { content, cookie } = await meet(connection, apiVersion, signal);
      const session = new Session(connection, account, apiVersion, content, signal);
      session.cookie = cookie;
      await session.login();
      return session;
    } catch (error) {
      if (!(error instanceof VimFault)) throw error;
      throw new VsphereError('vcenter_fault', `The vCenter refused to start a session: ${error.reason}.`, {
        cause: error,
      });
    }
  }

  /** Of what the session is used for just now. */
  get signal(): AbortSignal {
    return this.current;
  }

  /** From here on the session is used for something else, which ends with this signal. */
  serve(signal: AbortSignal): void {
    this.current = signal;
  }

  /** Who logged in, as the vCenter calls the account, e.g. `VSPHERE.LOCAL\\reader`; null when it does not say. */
  get userName(): string | null {
    return this.user;
  }

  /** A method whose answer is small enough to hold; null when it returns nothing. */
  async call(method: string, self: Ref, ...parts: Markup[]): Promise<XmlElement | null> {
    let returnval: XmlElement | null = null;
    const onItem = (item: XmlElement): void => {
      returnval = item;
    };
    await this.stream({ method, self, parts, itemDepth: returnvalDepth, onItem });
    return returnval;
  }

  /** A method whose answer is handed over piece by piece. */
  async stream(call: Parameters<typeof callMethod>[1], signal = this.signal): Promise<void> {
    const { apiVersion, cookie } = this;
    const onCookie = (set: string): void => {
      this.cookie = set;
    };
    await callMethod(this.connection, call, { apiVersion, cookie, onCookie }, signal);
  }

  /** Gives something back to the vCenter. Never throws; goes out even when the signal of the collection has fired. */
  async farewell(method: string, self: Ref, ...parts: Markup[]): Promise<void> {
    const call = { method, self, parts, itemDepth: returnvalDepth, onItem: () => undefined };
    await this.stream(call, AbortSignal.timeout(farewellMs)).catch(() => undefined);
  }

  /** After a lost session: leaves whatever is left of it and logs in once more. */
  async loginAgain(): Promise<void> {
    await this.close();
    await this.login();
  }

  /** Never throws and does not wait for a hanging vCenter: it runs when something has gone wrong already. */
  async close(): Promise<void> {
    if (this.cookie === null) return;
    await this.farewell('Logout', this.content.sessionManager);
    this.cookie = null;
  }

  /** One attempt: a second one with a wrong password helps to lock the account. */
  private async login(): Promise<void> {
    const { username, password } = this.account;
    try {
      const login = await this.call('Login', this.content.sessionManager, ...credentials(username, password));
      this.user = textOf(login, 'userName');
    } catch (error) {
      await this.close();
      if (error instanceof VimFault && refusals.has(error.kind)) throw loginRefused(error);
      throw error;
    }
    if (this.cookie === null)
      throw new VsphereError('vcenter_protocol', 'The vCenter accepted the login but opened no session.');
  }
}

async function meet(
  connection: Connection,
  apiVersion: string,
  signal: AbortSignal,
): Promise<{ content: ServiceContent; cookie: string | null }> {
  let returnval: XmlElement | null = null;
  const onItem = (item: XmlElement): void => {
    returnval = item;
  };
  const call = {
    method: 'RetrieveServiceContent',
    self: serviceInstance,
    parts: [],
    itemDepth: returnvalDepth,
    onItem,
  };
  let cookie: string | null = null;
  const onCookie = (set: string): void => {
    cookie = set;
  };
  await callMethod(connection, call, { apiVersion, cookie: null, onCookie }, signal);
  return { content: readServiceContent(returnval), cookie };
}

function credentials(username: string, password: string): Markup[] {
  try {
    return [leaf('userName', username), leaf('password', password)];
  } catch (cause) {
    throw new VsphereError(
      'vcenter_login_refused',
      'User name or password contain a character that XML cannot carry.',
      {
        cause,
      },
    );
  }
}

function loginRefused(fault: VimFault): VsphereError {
  const why =
    fault.kind === 'NoPermission'
      ? 'the account has no rights there. Give it the Read-only role on the root folder, propagating'
      : `user name or password are wrong, or the account is locked (${fault.kind}). Check them before trying again; repeated attempts may lock it`;
  return new VsphereError('vcenter_login_refused', `The vCenter refused the login: ${why}.`, { cause: fault });
}

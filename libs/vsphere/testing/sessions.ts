import { retrieveProperties } from '../src/collect/retrieve-properties.js';
import { Session } from '../src/session.js';
import { group, leaf } from '../src/soap/envelope.js';
import { children, textOf } from '../src/soap/xml-element.js';
import { Connection } from '../src/transport/connection.js';
import { defaultTimeouts } from '../src/transport/timeouts.js';
import { account } from './vcsim.js';

/** Runs `use` as an administrator of a simulator with the keys of everyone else's sessions. */
async function asAdministrator<T>(url: string, use: (session: Session, others: string[]) => Promise<T>): Promise<T> {
  const { hostname, port } = new URL(url);
  const address = { secure: false, host: hostname, port: Number(port) };
  const connection = new Connection(address, { kind: 'loopback' }, defaultTimeouts);
  const session = await Session.open(connection, account, AbortSignal.timeout(10_000));
  try {
    const others: string[] = [];
    const from = { object: session.content.sessionManager };
    const query = { type: 'SessionManager', paths: ['sessionList', 'currentSession'], from, pageSize: 1 };
    await retrieveProperties(session, query, ({ values }) => {
      const own = textOf(values.get('currentSession') ?? null, 'key');
      for (const one of children(values.get('sessionList') ?? null, 'UserSession'))
        if (textOf(one, 'key') !== own) others.push(textOf(one, 'key') ?? '');
    });
    return await use(session, others);
  } finally {
    await session.close();
    connection.close();
  }
}

/** How many sessions are open at a simulator, the asking one not counted. */
export const openSessions = (url: string): Promise<number> => asAdministrator(url, async (_, others) => others.length);

/** Ends every session but the own one, as an administrator would; tells how many. */
export const terminateSessions = (url: string): Promise<number> =>
  asAdministrator(url, async (session, others) => {
    const ids = others.map((key) => leaf('sessionId', key));
    if (ids.length > 0) await session.call('TerminateSession', session.content.sessionManager, ...ids);
    return others.length;
  });

/** From now on a session that says nothing for so long is ended by the simulator, as vCenter does after half an hour. */
export const endIdleSessions = (url: string, seconds: number): Promise<unknown> =>
  asAdministrator(url, (session) => {
    const value = {
      markup: `<value xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:string">${seconds}s</value>`,
    };
    const option = group('changedValue', leaf('key', 'config.vmacore.soap.sessionTimeout'), value);
    return session.call('UpdateOptions', { kind: 'OptionManager', id: 'VpxSettings' }, option);
  });

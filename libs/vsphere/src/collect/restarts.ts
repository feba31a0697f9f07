import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../session.js';
import { isSessionLoss, VimFault } from '../soap/vim-fault.js';
import { reasonOfAbort } from '../transport/watchdog.js';
import { VsphereError, type VsphereErrorCode } from '../vsphere-error.js';

const restartable: ReadonlySet<VsphereErrorCode> = new Set([
  'vcenter_unreachable',
  'vcenter_unavailable',
  'vcenter_protocol',
]);
const maximumRestarts = 2;

/**
 * Runs attempts to read one type until one is whole: two restarts after a broken exchange, and one new login in the life
 * of the collection after a lost session (a second loss means that something ends our sessions on purpose). Two types
 * may be read at once; they share the session and that one login.
 */
export class Restarts {
  private newLogin: Promise<void> | null = null;

  constructor(
    private readonly session: Session,
    private readonly restartMs: number,
  ) {}

  /** @param what names the type in messages. @throws VsphereError */
  async run<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    for (let restarts = 0; ; ) {
      const loginBefore = this.newLogin;
      try {
        return await attempt();
      } catch (error) {
        const aborted = reasonOfAbort(this.session.signal);
        if (aborted !== null) throw aborted;
        if (error instanceof VimFault) await this.recover(what, error, loginBefore);
        else if (!isRestartable(error) || ++restarts > maximumRestarts) throw named(what, error);
        else await this.pause(restarts);
      }
    }
  }

  private async recover(what: string, fault: VimFault, loginBefore: Promise<void> | null): Promise<void> {
    if (!isSessionLoss(fault))
      throw new VsphereError('vcenter_fault', `The vCenter refused to list ${what}: ${fault.reason}.`, {
        cause: fault,
      });
    if (loginBefore !== null)
      throw new VsphereError(
        'vcenter_session_lost',
        'The vCenter ended the session twice. Look who ends sessions there, or for a very short session timeout.',
        { cause: fault },
      );
    this.newLogin ??= this.session.loginAgain();
    await this.newLogin;
  }

  private async pause(restarts: number): Promise<void> {
    // Spread out, so that collectors that failed together do not come back together.
    const milliseconds = this.restartMs * 4 ** (restarts - 1) * (0.5 + Math.random());
    try {
      await sleep(milliseconds, undefined, { signal: this.session.signal });
    } catch (error) {
      throw reasonOfAbort(this.session.signal) ?? error;
    }
  }
}

const isRestartable = (error: unknown): boolean => error instanceof VsphereError && restartable.has(error.code);

const named = (what: string, error: unknown): unknown =>
  error instanceof VsphereError
    ? new VsphereError(error.code, `Reading ${what}: ${error.message}`, {
        cause: error,
        ...(error.sha256 === null ? {} : { sha256: error.sha256 }),
      })
    : error;

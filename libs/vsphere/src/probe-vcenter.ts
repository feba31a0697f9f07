import type { VcenterProbe } from '@lunwarden/contract';
import { adviceOn, readRights } from './account-rights.js';
import { parseAddress } from './address.js';
import type { VcenterOptions } from './collect-lun-map.js';
import { clean } from './map/clean-text.js';
import { withSession } from './open-session.js';
import { meetCertificate } from './transport/certificate.js';
import { defaultTimeouts } from './transport/timeouts.js';
import { VsphereError } from './vsphere-error.js';

/**
 * "Test connection": meets the vCenter, logs in and out, and tells what was met. Never throws for a vCenter that cannot
 * be used: that is an answer too.
 */
export async function probeVcenter(options: VcenterOptions): Promise<VcenterProbe> {
  try {
    const { about, rights } = await withSession(options, async (session) => ({
      about: session.content.about,
      rights: await readRights(session),
    }));
    const message = `Logged in to ${about.name}, API ${about.apiVersion}, build ${about.build}.${adviceOn(rights)}`;
    return { ok: true, message: clean(message, 500), sha256: await fingerprint(options), about, rights };
  } catch (error) {
    if (!(error instanceof VsphereError)) throw error;
    return { ok: false, message: error.message, sha256: error.sha256, about: null };
  }
}

async function fingerprint({ url, trust, timeouts }: VcenterOptions): Promise<string | null> {
  const address = parseAddress(url, trust);
  if (!address.secure) return null;
  if (trust.kind === 'pin') return trust.sha256;
  return await meetCertificate(address, timeouts?.connectMs ?? defaultTimeouts.connectMs);
}

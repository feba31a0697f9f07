import type { VcenterTrust } from '@lunwarden/contract';

export const trustKinds = ['system', 'pin', 'ca', 'loopback'] as const satisfies readonly VcenterTrust['kind'][];
export type TrustKind = (typeof trustKinds)[number];

export const trustLabels: Record<TrustKind, string> = {
  system: 'By an authority that the server trusts',
  pin: 'By its SHA-256 fingerprint',
  ca: 'By a CA of your own (PEM)',
  loopback: 'Plain http to this machine (demo and tests)',
};

export type TrustFields = { kind: TrustKind; sha256: string; pem: string };

export function trustOf({ kind, sha256, pem }: TrustFields): VcenterTrust {
  switch (kind) {
    case 'system':
      return { kind };
    case 'loopback':
      return { kind };
    case 'pin':
      return { kind, sha256 };
    case 'ca':
      return { kind, pem };
  }
}

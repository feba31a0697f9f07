import type { Change, LiveFrame } from '@lunwarden/contract';
import type { Fleet } from './fleet.js';

/** Something was missed (or the server forgot): only a fresh snapshot can be believed. */
export type Gap = 'gap';

/** Adds the next change. One that is already in it changes nothing; a hole before it is a gap. */
export function applyChange(fleet: Fleet, change: Change): Fleet | Gap {
  if (change.seq <= fleet.seq) return fleet;
  return change.seq === fleet.seq + 1 ? withChanges(fleet, [change], change.seq) : 'gap';
}

/**
 * Adds what the server says. Frames that overlap are fine, because a coalesced frame brings the latest state of all
 * that moved within it; a frame that starts later than the fleet ends is a gap, and so is a server that counts less
 * than it already told (it was restored from a backup).
 */
export function applyFrame(fleet: Fleet, frame: LiveFrame): Fleet | Gap {
  switch (frame.type) {
    case 'hello':
      return frame.seq < fleet.seq ? 'gap' : fleet;
    case 'changes':
      if (frame.from > fleet.seq) return 'gap';
      return frame.to <= fleet.seq ? fleet : withChanges(fleet, frame.changes, frame.to);
    case 'seen':
      return frame.seq > fleet.seq ? 'gap' : withSightings(fleet, frame);
    case 'resync':
      return 'gap';
    case 'heartbeat':
      return frame.seq > fleet.seq ? 'gap' : fleet;
  }
}

function withChanges(fleet: Fleet, changes: readonly Change[], seq: number): Fleet {
  const hosts = new Map(fleet.hosts);
  const toldIn = new Map(fleet.toldIn);
  const vcenters = new Map(fleet.vcenters);
  let { vmsAtRisk } = fleet;
  for (const change of changes) {
    if (change.seq <= fleet.seq) continue;
    switch (change.kind) {
      case 'host':
        hosts.set(change.host.hostId, change.host);
        toldIn.set(change.host.hostId, change.seq);
        break;
      case 'host-retired':
        hosts.delete(change.hostId);
        toldIn.delete(change.hostId);
        break;
      case 'vcenter':
        vcenters.set(change.vcenter.id, change.vcenter);
        break;
      case 'vcenter-removed':
        vcenters.delete(change.vcenterId);
        break;
      case 'findings':
        // Counted in the stream, but no part of the fleet: whoever shows findings asks for them again.
        break;
      case 'blast':
        vmsAtRisk = change.vmsAtRisk;
        break;
    }
  }
  return { seq, hosts, toldIn, vcenters, vmsAtRisk };
}

/**
 * A sighting may come late or twice, so it may only move instants forward, and only those of the verdict that it was of:
 * the next one may end earlier. Of an unknown host it says nothing.
 */
function withSightings(fleet: Fleet, { seq, hosts: sightings }: Extract<LiveFrame, { type: 'seen' }>): Fleet {
  const hosts = new Map(fleet.hosts);
  for (const seen of sightings) {
    const host = hosts.get(seen.hostId);
    if (host === undefined || (fleet.toldIn.get(seen.hostId) ?? seq) > seq) continue;
    hosts.set(seen.hostId, {
      ...host,
      observedAt: later(host.observedAt, seen.observedAt),
      lastReportAt: later(host.lastReportAt, seen.lastReportAt),
      validUntil: later(host.validUntil, seen.validUntil),
    });
  }
  return { ...fleet, hosts };
}

// ISO instants differ in the number of decimals, so text does not sort by time.
const later = (known: string | null, said: string): string =>
  known !== null && Date.parse(known) >= Date.parse(said) ? known : said;

import type { FleetSnapshot, HostSummary, VcenterStatus } from '@lunwarden/contract';

/**
 * The fleet as a client holds it: a snapshot plus every change since. Never mutated: a change makes a new one.
 * `seq` is the last change that is in it.
 */
export type Fleet = {
  readonly seq: number;
  readonly hosts: ReadonlyMap<string, HostSummary>;
  /** By host: the change that told its verdict, so that no sighting of an older verdict prolongs it. */
  readonly toldIn: ReadonlyMap<string, number>;
  readonly vcenters: ReadonlyMap<string, VcenterStatus>;
  readonly vmsAtRisk: FleetSnapshot['vmsAtRisk'];
};

export function fleetOf(snapshot: Pick<FleetSnapshot, 'seq' | 'hosts' | 'vcenters' | 'vmsAtRisk'>): Fleet {
  return {
    seq: snapshot.seq,
    hosts: new Map(snapshot.hosts.map((host) => [host.hostId, host])),
    toldIn: new Map(snapshot.hosts.map(({ hostId }) => [hostId, snapshot.seq])),
    vcenters: new Map(snapshot.vcenters.map((vcenter) => [vcenter.id, vcenter])),
    vmsAtRisk: snapshot.vmsAtRisk,
  };
}

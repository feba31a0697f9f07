import type { MappedDatastore, MapView } from './facts.js';
import { instantText } from './instant-text.js';
import { isInDoubt, isWhole, type Moment } from './whole-map.js';

const most = 20;
const hour = 3_600_000;

/** What keeps the maps from saying what a host's LUNs hold, in words for the operator; empty = nothing does. */
export function mapGaps(map: MapView, reached: readonly MappedDatastore[], moment: Moment): string[] {
  const none = map.vcenters.length === 0 ? ['No vCenter is connected: nobody can say what lies on a LUN'] : [];
  const vcenters = map.vcenters.filter((one) => !isWhole(one, moment)).map((one) => ofVcenter(one, moment));
  const doubts = reached.filter(isInDoubt).map(ofDatastore);
  return [...none, ...vcenters, ...doubts].slice(0, most).map((text) => text.slice(0, 300));
}

function ofVcenter({ name, collectedAt, gaps, isImported }: MapView['vcenters'][number], moment: Moment): string {
  if (collectedAt === null) return `${name}: its map was never read whole`;
  if (gaps.length > 0) return `${name}: parts of its map could not be read`;
  const ttl = moment.policy.freshness.mapMs / hour;
  const next = isImported === true ? ': import a newer export, or connect the vCenter' : '';
  return `${name}: its map is of ${instantText(collectedAt)} and clears no LUN for longer than ${ttl} hours${next}`;
}

const ofDatastore = ({ name, isStale }: MappedDatastore): string =>
  isStale === true
    ? `${name}: no ESXi host that mounts it is connected, its VMs are those of before`
    : `${name}: its LUN carried something else in the map before; the next one settles it`;

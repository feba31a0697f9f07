import type { SeenLun } from '@lunwarden/contract';

type ReachedDatastore = SeenLun['datastores'][number];
type Doubt = NonNullable<ReachedDatastore['doubts']>[number];

const words: Record<Doubt, string> = {
  stale: 'no host that mounts it is connected',
  copy: 'its volume lies on other LUNs too',
  'new-generation': 'its LUN carried something else before',
};

/** Why what a map says of a datastore is not believed; nothing where nothing stands against it. */
export function Doubts({ datastore: { doubts = [] } }: { datastore: ReachedDatastore }) {
  if (doubts.length === 0) return null;
  return (
    <div className="dim" data-testid="doubts">
      In doubt: {doubts.map((doubt) => words[doubt]).join('; ')}.
    </div>
  );
}

import type { StorageDatastore } from '@lunwarden/contract';

/** What the server says against a datastore, wherever it is shown. */
type Doubted = Pick<StorageDatastore, 'doubts'>;
type Doubt = NonNullable<Doubted['doubts']>[number];

const words: Record<Doubt, string> = {
  stale: 'no host that mounts it is connected',
  copy: 'its volume lies on other LUNs too',
  'new-generation': 'its LUN carried something else before',
};

/** `copy; stale` in words; null = nothing stands against it. */
export const doubtsText = ({ doubts = [] }: Doubted): string | null =>
  doubts.length === 0 ? null : `In doubt: ${doubts.map((doubt) => words[doubt]).join('; ')}.`;

/** Why what a map says of a datastore is not believed; nothing where nothing stands against it. */
export function Doubts({ datastore }: { datastore: Doubted }) {
  const text = doubtsText(datastore);
  if (text === null) return null;
  return (
    <div className="dim sentence" data-testid="doubts">
      {text}
    </div>
  );
}

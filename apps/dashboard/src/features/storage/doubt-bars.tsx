import type { StorageDatastore } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { doubtsText } from '../../ui/doubts.js';

type Props = { datastore: Pick<StorageDatastore, 'doubts'> };

/** What keeps the maps from being believed of a datastore; of a copy also what may come of it. */
export function DoubtBars({ datastore: { doubts = [] } }: Props) {
  const others = doubtsText({ doubts: doubts.filter((doubt) => doubt !== 'copy') });
  return (
    <>
      {doubts.includes('copy') && <CopyBar />}
      {others !== null && (
        <p className="bar sev-unknown hatch" data-testid="doubts">
          {others}
        </p>
      )}
    </>
  );
}

/** What lies here may be the original or the copy. */
const CopyBar = () => (
  <p className="bar sev-high" data-testid="copy-mark">
    <strong>This volume lies on more than one set of LUNs.</strong> One is a snapshot or replica of the other: whoever
    writes to the wrong one notices late.{' '}
    <Link to="/storage" search={{ view: 'copies' }}>
      See the copies
    </Link>
  </p>
);

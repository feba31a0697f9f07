import { type Level, type MapLosses, mapCountTexts, type RvtoolsReceipt } from '@lunwarden/contract';
import { Confirm } from '../../ui/confirm.js';
import { Ago, absoluteText } from '../../ui/instant.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { GapTable } from './gaps.js';

const outcomes: Record<RvtoolsReceipt['outcome'], { word: string; level: Level }> = {
  'in-force': { word: 'The map is in force', level: 'low' },
  incomplete: { word: 'The export has gaps, so the map did not come in force', level: 'high' },
  'needs-confirmation': { word: 'The map is held back', level: 'high' },
  older: { word: 'The map in force is newer; nothing was changed', level: 'unknown' },
};
const datedWords: Record<RvtoolsReceipt['datedBy'], string> = {
  stated: 'as you stated',
  workbook: 'as the workbook says',
  'local-time': 'the earliest that its local time without a zone can mean',
};

type Props = { receipt: RvtoolsReceipt; onConfirm: (losses: MapLosses) => void };

/** What became of an export: in force with its own age, or what it lacks. */
export function ImportReceipt({ receipt, onConfirm }: Props) {
  const { outcome, reason, losses, vcenter, exportedAt, datedBy, counts, gaps, gapCount, omitted } = receipt;
  const { word, level } = outcomes[outcome];
  return (
    <div className={`bar stack sev-${level}`} role="status" data-testid="import-receipt">
      <p className="row">
        <LevelIcon level={level} />
        <strong>
          {word}
          {vcenter === null ? '' : `: ${vcenter.name}`}
        </strong>
      </p>
      {reason !== null && <p className="prose">{reason}</p>}
      <p>
        Exported <Ago at={exportedAt} /> ({absoluteText(exportedAt)}, {datedWords[datedBy]}): {counts.vms} VMs on{' '}
        {counts.datastores} datastores, {counts.luns} LUNs, {counts.hosts} ESXi hosts.
      </p>
      {losses !== null && (
        <div>
          <Confirm
            label={`Confirm ${mapCountTexts(losses).join(', ')}`}
            title={`Are ${mapCountTexts(losses).join(' and ')} right?`}
            onConfirm={() => onConfirm(losses)}
          >
            {reason} Whatever the export does not show is taken for gone, and LUNs that only it had are no longer known
            as VMFS of this vCenter.
          </Confirm>
        </div>
      )}
      {gaps.length > 0 && <GapTable gaps={gaps} total={gapCount} />}
      {omitted.length > 0 && (
        <details>
          <summary>{omitted.length} parts are missing that say nothing about what a write could reach</summary>
          <GapTable gaps={omitted} total={omitted.length} />
        </details>
      )}
    </div>
  );
}

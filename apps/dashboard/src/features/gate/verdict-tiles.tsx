import type { GateVerdict, HostGate } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { gateWords } from '../../ui/gate-badge.js';
import { countVerdicts, verdicts } from './gate-figures.js';

type Props = {
  gates: readonly HostGate[];
  /** False while hosts of the window are not judged yet: then every count is a lower bound. */
  isWhole: boolean;
  chosen: GateVerdict | undefined;
  onChoose: (verdict: GateVerdict | undefined) => void;
};

/** How many hosts stand where; each number leads to its rows. */
export function VerdictTiles({ gates, isWhole, chosen, onChoose }: Props) {
  const counts = countVerdicts(gates);
  return (
    <fieldset className="row plain-fieldset" aria-label="Verdicts">
      {verdicts.map((verdict) => (
        <Button
          key={verdict}
          variant={chosen === verdict ? 'filled' : 'default'}
          aria-pressed={chosen === verdict}
          data-testid={`count-${verdict}`}
          onClick={() => onChoose(chosen === verdict ? undefined : verdict)}
        >
          <span className="num">
            {gateWords[verdict]} {counts[verdict]}
            {isWhole ? '' : '+'}
          </span>
        </Button>
      ))}
      {!isWhole && <span role="status">{gates.length} hosts judged so far</span>}
    </fieldset>
  );
}

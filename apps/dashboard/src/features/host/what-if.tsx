import { modeLabels, transportModes, type WhatIfAnswer, type WhatIfQuery } from '@lunwarden/contract';
import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { LevelBadge } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';

type Switches = { query: WhatIfQuery; onQuery: (query: WhatIfQuery) => void };

/** Switches of a scenario. They live in the address: nothing is stored and nothing on the host changes. */
export function WhatIfSwitches({ query, onQuery }: Switches) {
  const onDays = (text: string) => {
    // A field that is half typed, or holds no number of days, is no delay.
    const days = /^[0-9]{1,4}$/.test(text) && Number(text) <= 3650 ? String(Number(text)) : undefined;
    onQuery({ ...query, delayDays: days === '0' ? undefined : days });
  };
  return (
    <fieldset className="card stack wide plain-fieldset" aria-label="Switches">
      <NativeSelect
        label="Transport mode"
        data={[
          { value: '', label: 'As it is' },
          ...transportModes.map((value) => ({ value, label: modeLabels[value] })),
        ]}
        value={query.mode ?? ''}
        onChange={(event) =>
          onQuery({ ...query, mode: transportModes.find((mode) => mode === event.currentTarget.value) })
        }
      />
      <Switch
        label="Every VMFS LUN unmasked from this host"
        checked={query.unmask === '1'}
        onChange={(event) => onQuery({ ...query, unmask: event.currentTarget.checked ? '1' : undefined })}
      />
      <Switch
        label="Hardened: every guard set, every LUN in sight offline and read-only"
        checked={query.harden === '1'}
        onChange={(event) => onQuery({ ...query, harden: event.currentTarget.checked ? '1' : undefined })}
      />
      <TextInput
        label="Days that the missing updates wait"
        type="number"
        min={0}
        max={3650}
        value={query.delayDays ?? ''}
        placeholder="0"
        onChange={(event) => onDays(event.currentTarget.value)}
      />
    </fieldset>
  );
}

const feasibleWords: Record<WhatIfAnswer['feasible'], string> = {
  yes: 'Possible',
  no: 'Not possible',
  unknown: 'Not known whether it is possible',
};

/** The host as it stands and as it would stand. `isAsking`: the answer is still of the scenario before. */
export function WhatIfTable({ answer, isAsking }: { answer: WhatIfAnswer; isAsking: boolean }) {
  const { now, feasible, feasibility, floors } = answer;
  return (
    <section className="card stack" aria-labelledby="whatif-title" aria-busy={isAsking}>
      <h2 id="whatif-title">Now and then</h2>
      <ScrollBox label="Now and then, table">
        <table className="table" aria-labelledby="whatif-title">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Now</th>
              <th scope="col">Then</th>
            </tr>
          </thead>
          <tbody>
            <tr data-testid="whatif-score">
              <th scope="row">Risk</th>
              <td>
                <LevelBadge level={now.level} score={now.score} />
              </td>
              <td>{isAsking ? 'asking' : <LevelBadge level={answer.level} score={answer.score} />}</td>
            </tr>
            <tr>
              <th scope="row">If everything unknown were good</th>
              <td className="num">{Math.round(now.low)}</td>
              <td className="num">{isAsking ? 'asking' : Math.round(answer.low)}</td>
            </tr>
          </tbody>
        </table>
      </ScrollBox>
      {!isAsking && (
        <p>
          <strong>{feasibleWords[feasible]}:</strong> {feasibility}.
          {floors.length > 0 && <span className="dim"> Floors in force: {floors.join(', ')}.</span>}
        </p>
      )}
      <p className="dim prose">
        The server’s own scorer, run again with these switches (policy {answer.policyVersion}). While LUNs stay in sight
        another mode is worth nothing: the label writes nothing, the LUNs do.
      </p>
    </section>
  );
}

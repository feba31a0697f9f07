import type { SiteConstant } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import { Ago } from '../../ui/instant.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { ConstantForm } from './constant-form.js';
import { isChanged, valueText } from './constant-words.js';

type Props = { title: string; constants: readonly SiteConstant[]; mayWrite: boolean };

export function ConstantTable({ title, constants, mayWrite }: Props) {
  const changed = constants.filter(isChanged).length;
  return (
    <details className="card" open={changed > 0} data-testid="constants">
      <summary>
        {title}: {constants.length} {constants.length === 1 ? 'constant' : 'constants'}
        {changed > 0 && `, ${changed} set here`}
      </summary>
      <ScrollBox label={`${title}, table`}>
        <table className="table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Constant</th>
              <th scope="col" className="num">
                Here
              </th>
              <th scope="col" className="num">
                Ours
              </th>
              <th scope="col">Bounds</th>
              <th scope="col">Last changed</th>
              {mayWrite && <th scope="col">Action</th>}
            </tr>
          </thead>
          <tbody>
            {constants.map((constant) => (
              <Row key={constant.path} constant={constant} mayWrite={mayWrite} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}

function Row({ constant, mayWrite }: { constant: SiteConstant; mayWrite: boolean }) {
  const { path, current, standard, min, max, changedBy, changedAt } = constant;
  const [isOpen, setOpen] = useState(false);
  return (
    <Fragment>
      <tr data-testid="constant-row">
        <th scope="row" className="mono">
          {path}
        </th>
        <td className="num">
          {isChanged(constant) ? <strong>{valueText(path, current)}</strong> : valueText(path, current)}
        </td>
        <td className="num">{valueText(path, standard)}</td>
        <td className="nowrap">
          {valueText(path, min)} to {valueText(path, max)}
        </td>
        <td className="nowrap">
          {changedBy === null ? (
            <span className="dim">never</span>
          ) : (
            <>
              {changedBy}, <Ago at={changedAt} />
            </>
          )}
        </td>
        {mayWrite && (
          <td>
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={isOpen}
              aria-label={`${isOpen ? 'Keep' : 'Set'} ${path}`}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Keep' : 'Set'}
            </Button>
          </td>
        )}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6}>
            <ConstantForm constant={constant} onDone={() => setOpen(false)} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

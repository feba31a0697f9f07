/** Folders and the whole with their scores, then those that nobody noticed. A mutant that no test reaches was not noticed. */
export function results({ mutants, found, onLoad, population, seed }) {
  const judged = mutants.flatMap((mutant) => {
    const { status } = found.get(mutant.id) ?? {};
    return status === undefined ? [] : [{ ...mutant, status }];
  });
  const folders = [...new Set(judged.map(({ file }) => folderOf(file)))].toSorted();
  const rows = folders.map((folder) => [folder, judged.filter(({ file }) => folderOf(file) === folder)]);
  const lines = [...rows, ['all', judged]].map(([folder, those]) => row(folder, those));
  const unnoticed = judged.filter(({ status }) => status === 'survived' || status === 'no coverage');
  return [
    ...unnoticed.map(sentence),
    '',
    `seed ${seed}: ${judged.length} of ${population - onLoad} mutants; ${onLoad} more are data that is read when a module is loaded`,
    'folder        killed  timeout  survived  no coverage    score   95 % interval',
    ...lines,
    '',
  ].join('\n');
}

function row(folder, those) {
  const number = (status) => those.filter((one) => one.status === status).length;
  const noticed = number('killed') + number('timeout');
  const [low, high] = wilson(noticed, those.length).map((share) => (100 * share).toFixed(1));
  const counts = [number('killed'), number('timeout'), number('survived'), number('no coverage')];
  const widths = [6, 9, 10, 13];
  const score = ((100 * noticed) / those.length).toFixed(1);
  return `${folder.padEnd(14)}${counts.map((count, i) => String(count).padStart(widths[i])).join('')}${score.padStart(9)}   ${low} - ${high}`;
}

function sentence({ file, place, status, original, replacement }) {
  const short = (text) => text.replace(/\s+/g, ' ').slice(0, 90);
  return `${file}:${place} ${status}: ${short(original)} -> ${short(replacement)}`;
}

const folderOf = (file) => (file.split('/').length > 4 ? file.split('/')[3] : 'core');

/** Wilson's interval of a share at 95 %: it stays honest near 0 and 1. */
function wilson(hits, all) {
  const z = 1.96;
  const share = hits / all;
  const centre = share + (z * z) / (2 * all);
  const reach = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  return [centre - reach, centre + reach].map((bound) => bound / (1 + (z * z) / all));
}

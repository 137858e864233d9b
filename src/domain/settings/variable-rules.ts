import { phases, type Phase } from '#domain/lifecycle.ts';
import { preparationVariableFaults } from '#domain/preparation/preparation-variables.ts';
import { loneTagFaults } from '#domain/purge/purge-settings.ts';
import { purgeVariableFaults } from '#domain/purge/purge-variables.ts';
import { textsFrom } from './listed-items.ts';
import type { ListedItem } from './listed-items.ts';
import type { WrittenLevels } from './item-rules.ts';
import type { Texts } from './settings.ts';
import { quoted } from './settings-fault.ts';
import type { Report } from './settings-fault.ts';
import { faultAt } from './shape-faults.ts';
import { partAt, textAt } from './written.ts';
import type { Written } from './written.ts';

const rules = { preparation: preparationVariableFaults, purge: purgeVariableFaults } as const;

/** As headings of columns name them. */
const headings = { preparation: 'Preparation', purge: 'Purge' } as const;

/** What our own build specifications can't obey is refused, level by level. Other specifications have other variables. */
export function checkVariables(written: WrittenLevels, report: Report): void {
  const own = phases.filter((phase) => !textAt(written.root, ['worker', `${phase}_buildspec_template_file`]));
  for (const phase of own) {
    checkItems(phase, written, report);
    checkRows(phase, written, report);
  }
  if (own.includes('purge')) checkMarks(written, report);
}

function checkItems(phase: Phase, { root, file, units, accounts }: WrittenLevels, report: Report): void {
  const told = new Set<Written | undefined>();
  for (const level of [['defaults'], ...[...units, ...accounts].map(({ path }) => path)]) {
    const path = [...level, phase, 'variables'];
    for (const { variable, expected } of rules[phase](textsFrom(partAt(root, path)))) {
      const place = partAt(root, [...path, variable]);
      // What an alias repeats is written once, so it is told once.
      if (!told.has(place)) report(faultAt(root, file, [...path, variable], undefined, expected));
      told.add(place);
    }
  }
}

function checkRows(phase: Phase, { rows }: WrittenLevels, report: Report): void {
  for (const { file, line, settings } of rows) {
    for (const { variable, found, expected } of rules[phase](settings[phase]?.variables ?? {}))
      report({ file, line, keyPath: `${headings[phase]}: ${variable}`, found: quoted(found), expected });
  }
}

/** Accounts of a unit are purged by a whole tag, or by none: levels may give its key and its value apart. */
function checkMarks({ root, file, levels, units }: WrittenLevels, report: Report): void {
  const defaults = levels.defaults.purge;
  for (const { path, settings } of units.filter(isPurged)) {
    const variables: Texts = { ...defaults?.variables, ...settings.purge?.variables };
    for (const { variable: missing, expected } of loneTagFaults(variables)) {
      const lone = missing === 'TAG_KEY' ? 'TAG_VALUE' : 'TAG_KEY';
      const own = [...path, 'purge', 'variables', lone];
      const place = partAt(root, own) === undefined ? ['defaults', ...own.slice(-3)] : own;
      const found = `${quoted(variables[lone] ?? '')} without ${missing}`;
      report(faultAt(root, file, place, found, expected));
    }
  }

  function isPurged({ settings }: ListedItem): boolean {
    return (settings.purge?.feature ?? defaults?.feature) === 'enabled';
  }
}

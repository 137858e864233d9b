import type { Settings } from '#domain/settings/settings.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { accountsRow, businessRow } from './business-rows.ts';
import { layOut } from './lay-out.ts';
import { alarmRows, functionsRow, tablesRow, troubleRow } from './machinery-rows.ts';
import { partsOf } from './parts.ts';
import { text } from './widget.ts';

/** The dashboard, as CloudWatch takes it. */
export interface Cockpit {
  readonly name: string;
  /** JSON. */
  readonly body: string;
}

const bannerHeight = 3;

/** One page for the business and the machinery, four weeks wide, made from what is deployed. */
export function cockpitOf(settings: Settings, functions: readonly FunctionDeclaration[]): Cockpit {
  const { environment, automation } = settings;
  const parts = partsOf(settings, functions);
  const body = {
    start: '-P28D',
    periodOverride: 'inherit',
    widgets: layOut([
      { height: bannerHeight, widgets: [text(automation.cockpitMarkdownText ?? `# ${environment}`)] },
      businessRow(parts, settings.features.costManagementTag !== undefined),
      accountsRow(parts),
      troubleRow(parts),
      ...alarmRows(parts),
      functionsRow(parts),
      tablesRow(parts),
    ]),
  };
  return { name: `${environment}Cockpit-${automation.region}`, body: JSON.stringify(body) };
}

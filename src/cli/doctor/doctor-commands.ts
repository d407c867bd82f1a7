import { EnvironmentError } from '#config/environment.js';
import { loadSource, type SettingsSource } from '#config/load.js';
import { chainChecks } from './chain-checks.js';
import { type Check, fail } from './check.js';
import { databaseChecks } from './database-checks.js';
import { doctorPage } from './doctor-page.js';
import { partnerChecks } from './partner-checks.js';
import { serviceChecks } from './service-checks.js';
import { settingsChecks } from './settings-checks.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { Alarm, apiOf, type CommandContext, Told } from '#src/cli/session/command-support.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';

/**
 * Holds the deployment checklist against this environment and the running service; exit code 1 when a line fails. A signed-in admin
 * also has the escrow keys opened and a test event sent. Nothing else is written, and no money moves.
 */
export async function doctor(context: CommandContext): Promise<unknown> {
  const lastBackup = context.flags['last-backup'];
  if (lastBackup !== undefined && parseTimestamp(lastBackup) === null)
    throw new CliError('--last-backup takes a time such as 2026-12-01T02:00:00Z', 2);
  const checks = await checksOf(context, lastBackup);
  const told = new Told({ checks }, doctorPage(checks));
  return checks.some(({ result }) => result === 'fail') ? new Alarm(told) : told;
}

async function checksOf(context: CommandContext, lastBackup: string | undefined): Promise<readonly Check[]> {
  const { source: settings, problems } = sourceOf();
  if (problems.length > 0) return problems;
  const api = apiOf(context);
  const [database, chain, partners, service] = await Promise.all([
    databaseChecks(settings, lastBackup),
    chainChecks(settings),
    partnerChecks(settings, context),
    serviceChecks(context, api),
  ]);
  return [...settingsChecks(settings, api), ...database, ...chain, ...partners, ...service];
}

function sourceOf(): { readonly source: SettingsSource; readonly problems: readonly Check[] } {
  try {
    return { source: loadSource(), problems: [] };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const mend = 'correct the file that it names';
    return { source: {}, problems: error.problems.map((problem) => fail('settings', problem, mend)) };
  }
}

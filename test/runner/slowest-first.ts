import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Fault tests mostly wait for the chain: begun first, they wait while the others work. */
const PROJECTS: readonly string[] = ['faults', 'e2e', 'integration', 'unit'];

/** For a clone that has no record of a run: the files that take longest, whatever their length. */
const SLOWEST = new RegExp(
  [
    '(voices|crash|expiry|outage|release-race|distribution|history-guard|fee-collection)\\.fault-spec',
    '(secrets|audit|routes|thief|ops|on-call|history-guard|typescript-client|doctor|reconciliation)\\.e2e-spec',
    '(start|scheduler|escrow-keys|admin|full-disk)\\.int-spec',
  ].join('|'),
);

/**
 * A long file that begins last runs alone at the end. Files of a project stay together, since a worker that changes its
 * project loads everything again.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b) || slowness(b) - slowness(a));
  }
}

function rank({ project }: TestSpecification): number {
  return PROJECTS.indexOf(project.name);
}

function slowness({ moduleId }: TestSpecification): number {
  return SLOWEST.test(moduleId) ? 1 : 0;
}

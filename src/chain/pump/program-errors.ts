/** Pure: what a refusal by pump.fun's programs means, in words for an operator. */
import { PUMP_AMM_PROGRAM, PUMP_PROGRAM } from '#src/chain/tokens/pump-accounts.js';
import { PUMP_FEES_PROGRAM } from './pump-addresses.js';
import { errorName, type PumpProgramName } from './program-error-names.js';

const PROGRAMS: Readonly<Record<string, PumpProgramName>> = {
  [PUMP_PROGRAM.toBase58()]: 'curves',
  [PUMP_AMM_PROGRAM.toBase58()]: 'pools',
  [PUMP_FEES_PROGRAM.toBase58()]: 'fees',
};

/** What to do about those that can be met here; all others are told by their name. */
const ADVICE: Readonly<Record<string, string>> = {
  NotAuthorized: 'a wallet has signed that pump.fun does not allow to do this',
  TooMuchSolRequired: 'the price has risen beyond the limit of the purchase; ask for it again',
  BuySlippageBelowMinTokensOut: 'the price has risen beyond the limit of the purchase; ask for it again',
  BondingCurveComplete: 'the curve is sold out: the coin is traded in its pool now',
  InvalidCreator: 'the creator is not the one that the coin names; read the fee routing again',
  CreatorShouldNotBeZero: 'a coin needs a creator',
  NameTooLong: 'the name is longer than pump.fun takes',
  SymbolTooLong: 'the symbol is longer than pump.fun takes',
  UriTooLong: 'the URI is longer than pump.fun takes',
  CreateV2Disabled: 'pump.fun has switched the creation of coins off; try again later',
  CreatorMigratedToSharingConfig: 'the fees are shared: pump.fun distributes them to the shareholders',
  CoinCreatorMigratedToSharingConfig: 'the fees are shared: pump.fun distributes them to the shareholders',
  CreatorVaultMigratedToSharingConfig: 'the fees are shared: pump.fun distributes them to the shareholders',
  SharingConfigNotActive: 'pump.fun has paused the sharing config of the coin',
  CreatorFeesNotSwept: 'fees wait in the coin and have to be swept first; read them again',
  BuybackFeeRecipientNotAuthorized:
    'pump.fun has changed the wallets that take its fees; this version has to be updated',
  InvalidBondingCurveV2: 'pump.fun wants other accounts today; this version has to be updated',
  BuybackFeeRecipientMissing: 'pump.fun wants other accounts today; this version has to be updated',
  MissingCashbackAccounts: 'pump.fun wants other accounts today; this version has to be updated',
  NotEnoughRemainingAccounts: 'pump.fun wants other accounts today; this version has to be updated',
  DeprecatedInstruction: 'pump.fun has retired the instruction; this version has to be updated',
};

const REFUSAL = /^Program (\w{32,44}) failed: custom program error: 0x([0-9a-f]{1,8})$/;

interface Failure {
  readonly error: string;
  readonly logs: readonly string[];
}

/** @param failure of a simulation */
export function explainFailure({ error, logs }: Failure): string {
  for (const line of logs) {
    const [, program = '', hex = ''] = REFUSAL.exec(line) ?? [];
    const named = PROGRAMS[program];
    if (named !== undefined) return explain(named, Number.parseInt(hex, 16));
  }
  if (/ProgramAccountNotFound|InvalidProgramForExecution|UnsupportedProgramId/.test(error))
    return `${error}: this cluster does not have the programs of pump.fun`;
  return error;
}

/** One error code of one of the programs. */
export function explain(program: PumpProgramName, code: number): string {
  const name = errorName(program, code);
  const where = `pump.fun's program of ${program} refuses it with error ${code}`;
  if (name === null) return `${where}, which this version does not know`;
  const advice = ADVICE[name];
  return `${where}, ${name}${advice === undefined ? '' : `: ${advice}`}`;
}

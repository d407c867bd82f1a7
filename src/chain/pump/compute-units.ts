/** Pure rules of the compute units that a transaction for pump.fun's programs asks for. */

/** What the runtime itself allots to an instruction of a program that is not built in, where nothing is asked for (SIMD-0170). */
const DEFAULT_UNITS = 200_000;
/** More than this no transaction gets. */
export const MOST_UNITS = 1_400_000;
/** The two instructions of the compute budget and a memo, in its older build (see TRANSFER_COMPUTE_UNIT_LIMIT). */
const OWN_UNITS = 60_000;
/** The chain moves on between the simulation and the block: a fifth more, and never less than an account creation costs. */
const SPARE_UNITS = 20_000;

/** Before it was ever simulated: what the runtime would give such a transaction by itself. @param instructions of other programs */
export function defaultUnits(instructions: number): number {
  return Math.min(MOST_UNITS, instructions * DEFAULT_UNITS + OWN_UNITS);
}

/** After a simulation: what it used, and some to spare. */
export function unitsAfter(consumed: number): number {
  return Math.min(MOST_UNITS, Math.ceil(consumed * 1.2) + SPARE_UNITS);
}

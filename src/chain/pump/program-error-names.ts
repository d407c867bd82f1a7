/**
 * Names of the errors of pump.fun's programs, from 6000 on, in the order of the IDL files that @pump-fun/pump-sdk 2.0.0 ships (MIT).
 * A later revision of a program may have more.
 */
const PUMP_NAMES = `
  NotAuthorized AlreadyInitialized TooMuchSolRequired TooLittleSolReceived MintDoesNotMatchBondingCurve BondingCurveComplete
  BondingCurveNotComplete NotInitialized WithdrawTooFrequent NewSizeShouldBeGreaterThanCurrentSize AccountTypeNotSupported
  InitialRealTokenReservesShouldBeLessThanTokenTotalSupply
  InitialVirtualTokenReservesShouldBeGreaterThanInitialRealTokenReserves FeeBasisPointsGreaterThanMaximum
  AllZerosWithdrawAuthority PoolMigrationFeeShouldBeLessThanFinalRealSolReserves
  PoolMigrationFeeShouldBeGreaterThanCreatorFeePlusMaxMigrateFees DisabledWithdraw DisabledMigrate InvalidCreator
  BuyZeroAmount NotEnoughTokensToBuy SellZeroAmount NotEnoughTokensToSell Overflow Truncation DivisionByZero
  NotEnoughRemainingAccounts AllFeeRecipientsShouldBeNonZero UnsortedNotUniqueFeeRecipients CreatorShouldNotBeZero
  StartTimeInThePast EndTimeInThePast EndTimeBeforeStartTime TimeRangeTooLarge EndTimeBeforeCurrentDay
  SupplyUpdateForFinishedRange DayIndexAfterEndIndex DayInActiveRange InvalidIncentiveMint BuyNotEnoughSolToCoverRent
  BuyNotEnoughSolToCoverFees BuySlippageBelowMinTokensOut NameTooLong SymbolTooLong UriTooLong CreateV2Disabled
  CpitializeMayhemFailed MayhemModeDisabled CreatorMigratedToSharingConfig
  UnableToDistributeCreatorVaultMigratedToSharingConfig SharingConfigNotActive
  UnableToDistributeCreatorFeesToExecutableRecipient BondingCurveAndSharingConfigCreatorMismatch
  ShareholdersAndRemainingAccountsMismatch InvalidShareBps CashbackNotEnabled BuybackFeeRecipientNotAuthorized
  AllBuybackFeeRecipientsShouldBeNonZero NotUniqueBuybackFeeRecipients BuybackBasisPointsOutOfRange
  WrongBuybackFeeRecipientsCount BuybackFeeRecipientMissing UnsupportedQuoteMint InvalidQuoteTokenProgram
  InvalidAssociatedQuoteBondingCurve QuoteMintWhitelistFull QuoteMintAlreadyWhitelisted QuoteMintNotWhitelisted
  QuoteMintNotEligibleForWhitelist UnableToDistributeCreatorFeesToUninitializedAccount MayhemModeQuoteMintNotAllowed
  MissingCashbackAccounts InvalidCashbackAccumulator InvalidBondingCurveV2 InvalidQuoteControl InvalidCashbackRecipient
  CreatorFeeNotConfigurable CreatorFeeBpsOutOfRange CreatorFeeNotEditable CreatorFeeNotAllowedForCashbackCoin
  BondingCurveAlreadyMigrated CashbackDeprecated HolderRewardCreatorImmutable HolderRewardDisabled
  HolderRewardRecipientsMismatch HolderRewardsRentFloor HolderRewardTokenAccountMissing CtoNotAllowedForMayhemCoin
  CtoNewCreatorRequired CtoNewCreatorNotAllowed CreatorFeeNotConfigurableForQuote CtoCreatorAccountNotWritable
  CtoSharedVaultFrozen`;

const AMM_NAMES = `
  FeeBasisPointsExceedsMaximum ZeroBaseAmount ZeroQuoteAmount TooLittlePoolTokenLiquidity ExceededSlippage InvalidAdmin
  UnsupportedBaseMint UnsupportedQuoteMint InvalidBaseMint InvalidQuoteMint InvalidLpMint
  AllProtocolFeeRecipientsShouldBeNonZero UnsortedNotUniqueProtocolFeeRecipients InvalidProtocolFeeRecipient
  InvalidPoolBaseTokenAccount InvalidPoolQuoteTokenAccount BuyMoreBaseAmountThanPoolReserves DisabledCreatePool
  DisabledDeposit DisabledWithdraw DisabledBuy DisabledSell SameMint Overflow Truncation DivisionByZero
  NewSizeLessThanCurrentSize AccountTypeNotSupported OnlyCanonicalPumpPoolsCanHaveCoinCreator
  InvalidAdminSetCoinCreatorAuthority StartTimeInThePast EndTimeInThePast EndTimeBeforeStartTime TimeRangeTooLarge
  EndTimeBeforeCurrentDay SupplyUpdateForFinishedRange DayIndexAfterEndIndex DayInActiveRange InvalidIncentiveMint
  BuyNotEnoughQuoteTokensToCoverFees BuySlippageBelowMinBaseAmountOut MayhemModeDisabled OnlyPumpPoolsMayhemMode
  MayhemModeInDesiredState NotEnoughRemainingAccounts InvalidSharingConfigBaseMint InvalidSharingConfigCoinCreator
  CoinCreatorMigratedToSharingConfig CreatorVaultMigratedToSharingConfig CashbackNotEnabled OnlyPumpPoolsCashback
  CashbackNotInDesiredState TokensInVaultLessThanCashbackEarned BuybackFeeRecipientNotAuthorized
  AllBuybackFeeRecipientsShouldBeNonZero NotUniqueBuybackFeeRecipients BuybackBasisPointsOutOfRange
  WrongBuybackFeeRecipientsCount BuybackFeeRecipientMissing MissingCashbackAccounts InvalidCashbackAccumulator
  InvalidCashbackAccumulatorAta InvalidPoolV2 InsufficientRealQuoteReserves BoostPoolLiquidityUnsupported PoolCannotBoost
  BoostDisabled SeedLockViolation CreatorFeeNotConfigurable CreatorFeeBpsOutOfRange CreatorFeeNotEditable
  CreatorFeeNotAllowedForCashbackCoin SharingConfigNotActive NotAuthorized HolderRewardCreatorImmutable
  CtoNotAllowedForMayhemPool InvalidHolderRewardCoinCreator CreatorFeeNotConfigurableForQuote`;

const FEES_NAMES = `
  UnauthorizedProgram InvalidAdmin NoFeeTiers TooManyFeeTiers OffsetNotContinuous FeeTiersNotSorted InvalidFeeTotal
  InvalidSharingConfig InvalidPool SharingConfigAdminRevoked NoShareholders TooManyShareholders DuplicateShareholder
  NotEnoughRemainingAccounts InvalidShareTotal ShareCalculationOverflow NotAuthorized ZeroShareNotAllowed
  SharingConfigNotActive AmmAccountsRequiredForGraduatedCoin ShareholderAccountMismatch FeatureDeactivated UserIdTooLong
  DeprecatedInstruction FeeSharesAlreadyUpdated MathOverflow InvalidBuybackIndex ClaimRateLimitExceeded
  InvalidFeeConfigAccount AccountTypeNotSupported InvalidMint UnsupportedQuoteMint InvalidRemainingAccounts`;

const FIRST_CODE = 6_000;

/** pump.fun's three programs. */
export type PumpProgramName = 'curves' | 'pools' | 'fees';

const NAMES: Readonly<Record<PumpProgramName, readonly string[]>> = {
  curves: PUMP_NAMES.trim().split(/\s+/),
  pools: AMM_NAMES.trim().split(/\s+/),
  fees: FEES_NAMES.trim().split(/\s+/),
};

/** Null for a code that this version does not know. */
export function errorName(program: PumpProgramName, code: number): string | null {
  return NAMES[program][code - FIRST_CODE] ?? LATER[program][code] ?? null;
}

/** Codes of the revision of the chain, told by pump.fun's SWEEP_FEES.md. */
const LATER: Readonly<Record<PumpProgramName, Readonly<Record<number, string>>>> = {
  curves: { 6095: 'CreatorFeesNotSwept' },
  pools: { 6081: 'CreatorFeesNotSwept' },
  fees: { 6033: 'CreatorFeesNotSwept' },
};

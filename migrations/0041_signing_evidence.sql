-- What the signing door looks at: the pauses that this server has made, and all evidence of a payout in one call.

-- Which of this server's pauses it is, from 1 on. Null for one that a person has made by SQL: it stops payouts all the same.
ALTER TABLE public.payout_pauses ADD COLUMN number integer CONSTRAINT payout_pauses_number_key UNIQUE CHECK (number > 0);

CREATE OR REPLACE FUNCTION public.payout_pauses_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR
     (NEW.id, NEW.scope, NEW.commitment_id, NEW.purpose, NEW.reason, NEW.created_by, NEW.created_at, NEW.ends_at, NEW.number)
     IS DISTINCT FROM
     (OLD.id, OLD.scope, OLD.commitment_id, OLD.purpose, OLD.reason, OLD.created_by, OLD.created_at, OLD.ends_at, OLD.number)
  THEN
    RAISE EXCEPTION 'pause % can only be ended, once', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- All pauses that this server has made, as they are now: the newest one's number, and one digest of them.
CREATE FUNCTION public.pauses_made() RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'newest', coalesce(max(number), 0),
    'sha256', encode(sha256(convert_to(coalesce(string_agg(jsonb_build_array(
      number, id, scope, commitment_id, purpose, created_by, extract(epoch FROM created_at), extract(epoch FROM ends_at),
      ended_by, extract(epoch FROM ended_at))::text, E'\n' ORDER BY number), ''), 'UTF8')), 'hex'))
    FROM public.payout_pauses WHERE number IS NOT NULL
$$;

-- Everything that the signing door looks at, as of one moment. Planning this costs several times what running it does, and a function's
-- plan is kept for each connection, behind a pooler too. Numbers beyond 2^53 are answered as text: JSON has none.
-- One of the three is given, the others are null.
CREATE FUNCTION public.signing_evidence(of_commitment uuid, of_payout uuid, of_attempt uuid) RETURNS json
  LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    WITH attempt AS (SELECT * FROM public.payout_attempts WHERE id = of_attempt),
         claim AS (SELECT * FROM public.payouts WHERE id = coalesce(of_payout, (SELECT payout_id FROM attempt))),
         about AS (SELECT coalesce(of_commitment, (SELECT commitment_id FROM claim)) AS id),
         acts AS (
           -- Enrollments decide by their marks; there may be thousands, and of approvals too.
           SELECT * FROM public.signed_acts
            WHERE commitment_id = (SELECT id FROM about) AND action <> 'distribution.enroll'
              AND (action <> 'milestone.signal' OR EXISTS (SELECT 1 FROM claim WHERE purpose = 'milestone_release'))),
         paid AS (
           SELECT id FROM public.payouts
            WHERE commitment_id = (SELECT commitment_id FROM claim) AND status IN ('confirmed', 'finalized')),
         rounds AS (SELECT * FROM public.failure_rounds WHERE commitment_id = (SELECT commitment_id FROM claim)),
         wanted (kind, id) AS (
           SELECT kind, (SELECT id::text FROM about) FROM unnest('{binding,head,resolution,distribution}'::text[]) AS kind
           UNION ALL SELECT kind, claim.id::text FROM claim, unnest('{payout,attempts}'::text[]) AS kind
           UNION ALL SELECT 'unlock', subject_id::text FROM claim
           UNION ALL SELECT 'pauses', 'all' FROM claim
           UNION ALL SELECT 'attempt', id::text FROM attempt
           UNION ALL SELECT 'act', id::text FROM acts
           UNION ALL SELECT 'round', commitment_id || ':' || round FROM rounds
           UNION ALL SELECT 'paid', id::text FROM paid)
    SELECT json_build_object(
      'claim', (SELECT json_build_object(
          'id', w.id, 'commitmentId', w.commitment_id, 'purpose', w.purpose, 'subjectId', w.subject_id, 'part', w.part,
          'source', w.source, 'destination', w.destination, 'amountLamports', w.amount_lamports::text, 'drain', w.drain,
          'feeLamports', w.fee_lamports::text)
         FROM claim w),
      'attempt', (SELECT json_build_object(
          'id', t.id, 'payoutId', t.payout_id, 'number', t.number, 'source', t.source,
          'amountLamports', t.amount_lamports::text, 'feeLamports', t.fee_lamports::text, 'feePayer', t.fee_payer,
          'sourceBalanceLamports', t.source_balance_lamports::text, 'message', encode(t.message, 'hex'), 'blockhash', t.blockhash,
          'lastValidBlockHeight', t.last_valid_block_height::text, 'blockhashSlot', t.blockhash_slot::text)
         FROM attempt t),
      'commitment', (SELECT json_build_object(
          'id', c.id, 'terms', c.terms, 'termsHash', c.terms_hash, 'messageHash', c.message_hash,
          'excludedWallets', c.excluded_wallets, 'resolution', c.resolution, 'resolvedByChainTime', c.resolution_chain_time,
          'address', e.address, 'custody', e.custody, 'privyWalletId', e.privy_wallet_id)
         FROM public.commitments c JOIN public.escrows e ON e.commitment_id = c.id
         WHERE c.id = (SELECT id FROM about)),
      'acts', (SELECT coalesce(json_agg(json_build_object(
          'id', a.id, 'action', a.action, 'wallet', a.wallet, 'commitmentId', a.commitment_id, 'params', a.params,
          'text', a.text, 'envelope', a.envelope, 'signature', a.signature, 'messageHash', a.message_hash, 'issuedAt', a.issued_at,
          'acceptedAt', a.accepted_at, 'chainTime', a.chain_time) ORDER BY a.id), '[]')
         FROM acts a),
      'marks', (SELECT coalesce(json_agg(json_build_object(
          'kind', m.kind, 'id', m.id, 'digest', m.digest, 'keyId', m.key_id, 'mac', m.mac)), '[]')
         FROM wanted JOIN public.marks m USING (kind, id)),
      'revocations', (SELECT coalesce(json_agg(json_build_object(
          'id', r.id, 'admin', r.admin, 'voidFrom', r.void_from, 'reason', r.reason, 'actId', r.act_id,
          'revokedBy', r.revoked_by, 'revokedAt', r.revoked_at)), '[]')
         FROM public.admin_revocations r
         WHERE r.admin IN (SELECT wallet FROM acts WHERE action LIKE 'admin.%')),
      'attempts', (SELECT json_build_object(
          'planned', count(*), 'signed', count(t.signature))
          FROM public.payout_attempts t WHERE t.payout_id = (SELECT id FROM claim)),
      'unlock', (SELECT json_build_object(
          'claimableAt', m.claimable_at, 'reweighedUsd', m.reweighed_usd::text, 'thresholdUsd', m.threshold_usd::text,
          'approvedRaw', m.approved_raw::text, 'seenSupply', m.seen_supply::text, 'tokenMint', c.token_mint,
          'approvals', (
            SELECT coalesce(json_agg(json_build_object('wallet', s.wallet, 'weightUsd', s.reweighed_usd::text)), '[]')
              FROM public.reward_signals s WHERE s.milestone_id = m.id AND s.reweighed_usd IS NOT NULL))
          FROM claim w JOIN public.reward_milestones m ON m.id = w.subject_id AND m.commitment_id = w.commitment_id
          JOIN public.commitments c ON c.id = m.commitment_id
         WHERE w.purpose = 'milestone_release' AND m.claimable_at IS NOT NULL AND m.reweighed_usd IS NOT NULL
           AND m.approved_raw IS NOT NULL AND m.seen_supply IS NOT NULL),
      'distribution', (SELECT json_build_object(
          'commitmentId', d.commitment_id, 'escrow', d.escrow, 'destination', d.destination,
          'escrowBalanceLamports', d.escrow_balance_lamports::text, 'rentExemptMinimum', d.rent_exempt_minimum::text,
          'treasuryShareBps', d.treasury_share_bps, 'treasury', d.treasury, 'treasuryLamports', d.treasury_lamports::text,
          'eligibleWallets', d.eligible_wallets, 'potLamports', d.pot_lamports::text, 'destinationLamports', d.destination_lamports::text,
          'earnedLamports', d.earned_lamports::text, 'legFeeLamports', d.leg_fee_lamports::text,
          'reserveLamports', d.reserve_lamports::text,
          'earned', (
            SELECT coalesce(json_agg(json_build_object(
                     'milestoneId', f.milestone_id, 'position', f.position, 'amountLamports', f.amount_lamports::text)), '[]')
              FROM public.failure_earned f WHERE f.commitment_id = d.commitment_id),
          'shares', (
            SELECT coalesce(json_agg(json_build_object(
                     'wallet', s.wallet, 'weightRaw', s.weight_raw::text, 'amountLamports', s.amount_lamports::text)), '[]')
              FROM public.failure_shares s WHERE s.commitment_id = d.commitment_id))
         FROM public.failure_distributions d
         WHERE d.commitment_id = (SELECT commitment_id FROM claim)),
      'rounds', (SELECT coalesce(json_agg(json_build_object(
          'commitmentId', r.commitment_id, 'round', r.round, 'escrowBalanceLamports', r.escrow_balance_lamports::text,
          'keptLamports', r.kept_lamports::text, 'treasuryLamports', r.treasury_lamports::text, 'potLamports', r.pot_lamports::text,
          'legFeeLamports', r.leg_fee_lamports::text,
          'shares', (
            SELECT coalesce(json_agg(json_build_object(
                     'wallet', s.wallet, 'weightRaw', s.weight_raw::text, 'amountLamports', s.amount_lamports::text)), '[]')
              FROM public.failure_round_shares s WHERE s.commitment_id = r.commitment_id AND s.round = r.round)) ORDER BY r.round), '[]')
         FROM rounds r),
      'paid', (SELECT coalesce(json_agg(id), '[]') FROM paid),
      'pauses', public.pauses_made())
  );
END $$;

INSERT INTO public.schema_migrations (version) VALUES ('0041_signing_evidence');

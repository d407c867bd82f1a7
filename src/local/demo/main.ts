import { messageOf } from '#src/common/errors/errors.js';
import { tellAuditTrail } from './audit-trail.js';
import { crashStory } from './crash-story.js';
import { failureStory } from './failure-story.js';
import { failedRewardStory } from './failed-reward-story.js';
import { personalStory } from './personal-story.js';
import { rewardStory } from './reward-story.js';
import { silentAdminsStory } from './silent-admins-story.js';
import { setStage, type Stage } from './stage.js';
import { Telling } from './telling.js';

/** `npm run demo`: plays the stories against the embedded world, and fails when the chain tells another one. */
async function main(): Promise<void> {
  const telling = new Telling();
  telling.title('Starting PostgreSQL, a Solana chain and the API');
  const stage = await setStage();
  const stop = stopOnce(stage);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  try {
    telling.fact('API', stage.api().url);
    telling.fact('Solana RPC', stage.rpcUrl);
    await personalStory(stage, telling);
    await crashStory(stage, telling);
    await failureStory(stage, telling);
    await failedRewardStory(stage, telling);
    // Last, because they move the chain's clock by days.
    await rewardStory(stage, telling);
    await silentAdminsStory(stage, telling);
    await tellAuditTrail(stage, telling);
    telling.title('Every lamport is where it belongs.');
  } catch (error) {
    process.stderr.write(`\n${stage.api().log().split('\n').slice(-20).join('\n')}\n`);
    throw error;
  } finally {
    await stop();
  }
}

function stopOnce(stage: Stage): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stage.stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`\nThe demo failed: ${messageOf(error)}\n`);
  process.exitCode = 1;
});

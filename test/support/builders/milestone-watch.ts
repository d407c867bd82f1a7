import type { PayoutWorld } from '../worlds/payout-world.js';

export interface Move {
  readonly subject: string;
  readonly move: string;
}

/**
 * Has the database itself write down every change of a status, in the transaction that makes it: nothing that happens
 * between two looks is missed.
 */
export async function watchStatuses(
  world: PayoutWorld,
): Promise<{ moves(): Promise<Map<string, string[]>> }> {
  await world.query(
    `CREATE TABLE public.watched_moves (id bigserial PRIMARY KEY, subject uuid NOT NULL, move text NOT NULL);
     CREATE FUNCTION public.watch_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
     BEGIN
       INSERT INTO public.watched_moves (subject, move) VALUES (NEW.id, OLD.status || ' -> ' || NEW.status);
       RETURN NULL;
     END $$;
     CREATE TRIGGER watch_milestones AFTER UPDATE ON public.reward_milestones FOR EACH ROW
       WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION public.watch_move();
     CREATE TRIGGER watch_commitments AFTER UPDATE ON public.commitments FOR EACH ROW
       WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION public.watch_move()`,
    [],
  );
  return {
    /** All moves of each milestone and commitment, oldest first. */
    moves: async () => {
      const found = new Map<string, string[]>();
      const rows = await world.query<Move>('SELECT subject, move FROM public.watched_moves ORDER BY id', []);
      for (const { subject, move } of rows) found.set(subject, [...(found.get(subject) ?? []), move]);
      return found;
    },
  };
}

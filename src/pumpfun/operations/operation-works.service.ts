import { Injectable } from '@nestjs/common';
import type { OperationKind } from './operation.js';
import type { OperationWork } from './operation-work.js';

/** What the kinds of operations do: each feature declares its own in `onModuleInit`. */
@Injectable()
export class OperationWorks {
  private readonly works = new Map<OperationKind, OperationWork>();

  define(work: OperationWork): void {
    this.works.set(work.kind, work);
  }

  of(kind: OperationKind): OperationWork {
    const work = this.works.get(kind);
    if (work === undefined) throw new Error(`nobody does operations of kind ${kind}`);
    return work;
  }
}

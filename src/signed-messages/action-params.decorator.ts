import type { Type } from '@nestjs/common';
import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { describeSchema, type Schema } from '#src/common/openapi/schemas.js';
import { SigningMessageRequest } from './signed-messages.dto.js';
import type { SignedAction } from './signed-message.js';

const CLASSES = new Map<Type, readonly SignedAction[]>();

/** On the class of the parameters that a wallet signs: the document offers them for these actions. */
export function ParamsOf(...actions: readonly SignedAction[]) {
  return (params: Type): void => {
    CLASSES.set(params, actions);
    ApiExtraModels(params)(SigningMessageRequest);
  };
}

/** @throws Error when the document would offer other parameters than the action takes: a fault in the code, seen at start. */
export function requireParamsOf(action: SignedAction, params: Type): void {
  if (CLASSES.get(params)?.includes(action) !== true)
    throw new Error(`${params.name} carries no @ParamsOf('${action}')`);
}

describeSchema(SigningMessageRequest, () => ({
  oneOf: [...CLASSES].map(([params, actions]) => form(params, actions)),
}));

/** The request of the actions that take the same parameters. */
function form(params: Type, actions: readonly SignedAction[]): Schema {
  return {
    type: 'object',
    required: ['action', 'wallet', 'params'],
    properties: {
      action: { type: 'string', enum: actions },
      wallet: { $ref: '#/components/schemas/Address' },
      params: { $ref: getSchemaPath(params) },
    },
  };
}

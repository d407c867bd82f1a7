import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint, LARGEST_BODY } from '#src/common/endpoint.js';
import { SigningMessageAnswer, SigningMessageRequest } from './signed-messages.dto.js';
import { SignedMessages } from './signed-messages.service.js';

@ApiTags('signed messages')
@Controller('signing-messages')
export class SignedMessagesController {
  constructor(private readonly messages: SignedMessages) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'public',
    limit: 'sign',
    bodyLimit: LARGEST_BODY,
    // Parameters that the route would refuse are refused here, in the same words.
    errors: [
      'unknown_action',
      'amount_below_minimum',
      'commitment_not_found',
      'milestone_not_found',
      'payout_not_found',
      'pause_not_found',
      'token_not_supported',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'createSigningMessage',
    summary: 'The exact text that a wallet signs for an action; good for five minutes',
  })
  @ApiOkResponse({ type: SigningMessageAnswer })
  async issue(@Body() body: SigningMessageRequest): Promise<SigningMessageAnswer> {
    return this.messages.issue(body);
  }
}

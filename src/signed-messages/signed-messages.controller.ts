import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint, LARGEST_BODY } from '../common/endpoint.js';
import { SigningMessageAnswer, SigningMessageRequest } from './signed-messages.dto.js';
import { SignedMessagesService } from './signed-messages.service.js';

@ApiTags('signed messages')
@Controller('signing-messages')
export class SignedMessagesController {
  constructor(private readonly messages: SignedMessagesService) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'public',
    limit: 'sign',
    bodyLimit: LARGEST_BODY,
    errors: ['validation_failed', 'unknown_action'],
  })
  @ApiOperation({ summary: 'The exact text that a wallet signs for an action; good for five minutes' })
  @ApiOkResponse({ type: SigningMessageAnswer })
  async issue(@Body() body: SigningMessageRequest): Promise<SigningMessageAnswer> {
    return this.messages.issue(body);
  }
}

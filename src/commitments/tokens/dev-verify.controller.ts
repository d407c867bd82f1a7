import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { DevVerifyBody, DevVerifyDto } from './dev-verify.dto.js';
import { DevVerify } from './dev-verify.service.js';

@ApiTags('tokens')
@Controller('dev-verify')
export class DevVerifyController {
  constructor(private readonly verification: DevVerify) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'dev_verify',
    errors: [
      'malformed_signature',
      'message_expired',
      'invalid_signature',
      'not_token_authority',
      'token_not_supported',
      'rpc_unavailable',
    ],
  })
  @ApiOperation({
    operationId: 'verifyTokenAuthority',
    summary: "Is the signing wallet the token's mint authority or metadata update authority?",
  })
  @ApiOkResponse({ type: DevVerifyDto })
  async verify(@Body() body: DevVerifyBody): Promise<DevVerifyDto> {
    return this.verification.verify(body);
  }
}

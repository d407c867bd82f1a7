import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { AvatarUploadBody, AvatarUploadDto } from './avatars.dto.js';
import { Avatars } from './avatars.service.js';

@ApiTags('profiles')
@Controller('profiles/avatar')
export class AvatarsController {
  constructor(private readonly avatars: Avatars) {}

  @Post('upload-url')
  @HttpCode(200)
  @Endpoint({
    access: 'signed',
    limit: 'act',
    audit: 'avatar_upload',
    errors: ['malformed_signature', 'message_expired', 'invalid_signature', 'storage_unavailable'],
  })
  @ApiOperation({
    operationId: 'createAvatarUpload',
    summary: 'A signed address to upload an image to, under the wallet’s own path',
  })
  @ApiOkResponse({ type: AvatarUploadDto })
  async place(@Body() body: AvatarUploadBody): Promise<AvatarUploadDto> {
    return this.avatars.place(body);
  }
}

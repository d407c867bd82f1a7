import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';
import { SignedBody } from '#src/common/input/fields.js';
import { AVATAR_MAX_BYTES, AVATAR_TYPES, type AvatarType } from './avatar.js';

/** What a wallet signs to upload an image. */
@ParamsOf('avatar.upload')
export class AvatarUploadParams {
  @ApiProperty({ enum: AVATAR_TYPES, description: 'What will be uploaded.', example: 'image/png' })
  @IsIn(AVATAR_TYPES)
  readonly contentType: AvatarType;
}

export class AvatarUploadBody extends IntersectionType(SignedBody, AvatarUploadParams) {}

export class AvatarUploadDto {
  @ApiProperty({
    description:
      'PUT the image there, with its content type. It carries the permission for this one object, for as long as Supabase allows.',
  })
  readonly uploadUrl: string;

  @ApiProperty({ description: 'Send it as avatarPath with the profile, once the image is uploaded.' })
  readonly path: string;

  @ApiProperty({ enum: AVATAR_TYPES })
  readonly contentType: AvatarType;

  @ApiProperty({ enum: [AVATAR_MAX_BYTES], description: 'A larger image is not shown. Bytes.' })
  readonly maxBytes: number;
}

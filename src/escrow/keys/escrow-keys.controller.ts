import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { ApiNoBody, NoBody } from '#src/common/input/no-body.js';
import { CustodyCheck } from './custody-check.service.js';
import { CustodyReportDto, EscrowKeysDto } from './escrow-keys.dto.js';
import { KeyRotationProgress } from './key-rotation-progress.service.js';

@ApiTags('operations')
@Controller('admin/escrow-keys')
export class EscrowKeysController {
  constructor(
    private readonly progress: KeyRotationProgress,
    private readonly custody: CustodyCheck,
  ) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_escrow_keys' })
  @ApiOperation({
    operationId: 'getEscrowKeys',
    summary: 'How many escrow keys each secret has sealed, and how far a rotation is',
  })
  @ApiOkResponse({ type: EscrowKeysDto })
  async show(): Promise<EscrowKeysDto> {
    return this.progress.show();
  }

  @Post('rotate')
  @HttpCode(200)
  @Endpoint({
    access: 'admin',
    limit: 'admin',
    audit: 'admin_escrow_keys_rotate',
    errors: ['custody_unavailable'],
  })
  @ApiNoBody()
  @ApiOperation({
    operationId: 'rotateEscrowKeys',
    summary: 'Seals every local escrow key with the newest secret; answers after ten seconds and continues',
  })
  @ApiOkResponse({ type: EscrowKeysDto })
  async rotate(@NoBody() _body: unknown): Promise<EscrowKeysDto> {
    return this.progress.rotate();
  }

  @Post('check')
  @HttpCode(200)
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_escrow_keys_check' })
  @ApiNoBody()
  @ApiOperation({
    operationId: 'checkEscrowKeys',
    summary: 'Opens every local escrow key and compares the address that it derives',
  })
  @ApiOkResponse({ type: CustodyReportDto })
  async check(@NoBody() _body: unknown): Promise<CustodyReportDto> {
    return this.custody.runForAdmin();
  }
}

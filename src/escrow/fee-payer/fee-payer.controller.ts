import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Endpoint } from '#src/common/endpoint.js';
import { FeePayerDto } from './fee-payer.dto.js';
import { FeePayerReport } from './fee-payer-report.service.js';

@ApiTags('operations')
@Controller('admin/fee-payer')
export class FeePayerController {
  constructor(private readonly report: FeePayerReport) {}

  @Get()
  @Endpoint({ access: 'admin', limit: 'admin', audit: 'admin_fee_payer', errors: ['rpc_unavailable'] })
  @ApiOperation({
    operationId: 'getFeePayer',
    summary: 'The wallet that pays the fees of payouts, and what it holds',
  })
  @ApiOkResponse({ type: FeePayerDto })
  show(): Promise<FeePayerDto> {
    return this.report.show();
  }
}

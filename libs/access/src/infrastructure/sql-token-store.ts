import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { TokenStore, type TokenRecord } from '../application/token-store';
import type { Role } from '../domain/roles';

interface TokenRow {
  id: string;
  token_hash: Buffer;
  label: string;
  role: Role;
  offices: string[];
  created_by: string;
  expires_at: Date;
  revoked_at: Date | null;
}

const COLUMNS = 'id, token_hash, label, role, offices, created_by, expires_at, revoked_at';

/** Tokens in the table `api_token`. */
@Injectable()
export class SqlTokenStore extends TokenStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async addOrProlong(token: TokenRecord): Promise<boolean> {
    // xmax is 0 only for a row that this statement inserted.
    const rows: { is_new: boolean }[] = await this.unitOfWork.manager.query(
      `INSERT INTO api_token AS t (id, token_hash, label, role, offices, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at WHERE t.revoked_at IS NULL
       RETURNING xmax = 0 AS is_new`,
      [token.id, token.hash, token.label, token.role, token.offices, token.createdBy, token.expiresAt],
    );
    return rows[0]?.is_new ?? false;
  }

  async find(hash: Buffer): Promise<TokenRecord | null> {
    const [row]: TokenRow[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM api_token WHERE token_hash = $1`,
      [hash],
    );
    return row ? toRecord(row) : null;
  }

  async revoke(id: string): Promise<TokenRecord | null> {
    const [[row]]: [TokenRow[], number] = await this.unitOfWork.manager.query(
      `UPDATE api_token SET revoked_at = clock_timestamp() WHERE id = $1 AND revoked_at IS NULL RETURNING ${COLUMNS}`,
      [id],
    );
    return row ? toRecord(row) : null;
  }
}

function toRecord(row: TokenRow): TokenRecord {
  return {
    id: row.id,
    hash: row.token_hash,
    label: row.label,
    role: row.role,
    offices: row.offices,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

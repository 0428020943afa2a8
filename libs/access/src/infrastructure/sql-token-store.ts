import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { TokenStore, type TokenRecord } from '../application/token-store';
import type { Permission, Role } from '../domain/roles';

interface TokenRow {
  id: string;
  token_hash: Buffer;
  label: string;
  role: Role;
  offices: string[];
  permissions: Permission[] | null;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

const COLUMNS = 'id, token_hash, label, role, offices, permissions, created_by, created_at, expires_at, revoked_at';

/** Tokens in the table `api_token`. */
@Injectable()
export class SqlTokenStore extends TokenStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async addOrProlong(token: TokenRecord): Promise<boolean> {
    // xmax is 0 only for a row that this statement inserted.
    const rows: { is_new: boolean }[] = await this.unitOfWork.manager.query(
      `INSERT INTO api_token AS t (id, token_hash, label, role, offices, created_by, expires_at, permissions)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at WHERE t.revoked_at IS NULL
       RETURNING xmax = 0 AS is_new`,
      [
        token.id,
        token.hash,
        token.label,
        token.role,
        token.offices,
        token.createdBy,
        token.expiresAt,
        token.permissions,
      ],
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

  async revoke(id: string, within: readonly string[] | null): Promise<TokenRecord | null> {
    const [[row]]: [TokenRow[], number] = await this.unitOfWork.manager.query(
      `UPDATE api_token SET revoked_at = clock_timestamp() WHERE id = $1 AND revoked_at IS NULL
          AND ($2::text[] IS NULL OR offices <@ $2) RETURNING ${COLUMNS}`,
      [id, within],
    );
    return row ? toRecord(row) : null;
  }

  async list(
    offices: readonly string[],
    limit: number,
    after: { at: string; id: string } | null,
  ): Promise<TokenRecord[]> {
    const rows: TokenRow[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM api_token
        WHERE offices <@ $1 AND ($2::timestamptz IS NULL OR (date_trunc('milliseconds', created_at), id) < ($2, $3::uuid))
        ORDER BY date_trunc('milliseconds', created_at) DESC, id DESC LIMIT $4`,
      [offices, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(toRecord);
  }
}

function toRecord(row: TokenRow): TokenRecord {
  return {
    id: row.id,
    hash: row.token_hash,
    label: row.label,
    role: row.role,
    offices: row.offices,
    permissions: row.permissions,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

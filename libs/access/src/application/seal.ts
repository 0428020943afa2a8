import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, instanceSecret } from '@app/platform';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what must be read again, under the secret of the installation and a key for each purpose (AES-256-GCM). */
@Injectable()
export class Seal {
  #secret: Promise<string> | null = null;

  constructor(private readonly config: Config) {}

  async seal(purpose: string, plain: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', await this.key(purpose), nonce);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Null for what was not sealed here, was changed, or was sealed under another secret. */
  async open(purpose: string, sealed: Buffer): Promise<string | null> {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv('aes-256-gcm', await this.key(purpose), sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return plain.toString('utf8');
    } catch {
      return null;
    }
  }

  /** A digest that nobody can make or undo without the secret. */
  async digest(purpose: string, text: string): Promise<Buffer> {
    return createHmac('sha256', await this.key(purpose))
      .update(text)
      .digest();
  }

  private async key(purpose: string): Promise<Buffer> {
    const secret = await (this.#secret ??= instanceSecret(this.config));
    return Buffer.from(hkdfSync('sha256', secret, '', `postbag ${purpose}`, 32));
  }
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';

/** A rectangle on a page as it is looked at, in points from its top left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The characters of a page in reading order, and where each stands: asked for by itself, as it takes time. */
export interface PageCharacters {
  readonly texts: readonly string[];
  /** Null for what is not seen, such as a space that PDFium made up. */
  areaOf(index: number): Area | null;
}

/** Pixels, four bytes each: blue, green, red, and one that says nothing. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export type UnreadableReason = 'encrypted' | 'damaged';

export class UnreadablePdf extends Error {
  constructor(readonly reason: UnreadableReason) {
    super(`The PDF cannot be read: ${reason}`);
  }
}

const NEEDS_PASSWORD = 4;
/** Above this a page would take more memory than it is worth (a poster, or a file made to harm). */
const MOST_PIXELS = 40_000_000;
const WITH_ANNOTATIONS = 0x01;

/** Its declaration leaves out the memory that everything is handed over in. */
type Engine = Omit<WrappedPdfiumModule, 'pdfium'> & {
  readonly pdfium: {
    readonly HEAPU8: Uint8Array;
    readonly UTF16ToString: (at: number) => string;
    readonly wasmExports: { readonly malloc: (size: number) => number; readonly free: (at: number) => void };
  };
};

let engine: Promise<Engine> | null = null;

function started(): Promise<Engine> {
  engine ??= (async () => {
    const path = createRequire(__filename).resolve('@embedpdf/pdfium/pdfium.wasm');
    const bytes = readFileSync(path);
    const wasmBinary = new Uint8Array(bytes).buffer;
    const module = (await init({ wasmBinary })) as unknown as Engine;
    module.PDFiumExt_Init();
    return module;
  })();
  return engine;
}

/** A PDF of anybody's, read by PDFium: page sizes, text with its places, pictures of pages. Close it. */
export class PdfReader {
  private constructor(
    private readonly pdfium: Engine,
    private readonly memory: number,
    private readonly document: number,
  ) {}

  /** @throws UnreadablePdf */
  static async open(bytes: Uint8Array): Promise<PdfReader> {
    const pdfium = await started();
    const memory = pdfium.pdfium.wasmExports.malloc(Math.max(1, bytes.length));
    pdfium.pdfium.HEAPU8.set(bytes, memory);
    const document = pdfium.FPDF_LoadMemDocument(memory, bytes.length, '');
    if (document === 0) {
      const reason = pdfium.FPDF_GetLastError() === NEEDS_PASSWORD ? 'encrypted' : 'damaged';
      pdfium.pdfium.wasmExports.free(memory);
      throw new UnreadablePdf(reason);
    }
    return new PdfReader(pdfium, memory, document);
  }

  close(): void {
    this.pdfium.FPDF_CloseDocument(this.document);
    this.pdfium.pdfium.wasmExports.free(this.memory);
  }

  get pageCount(): number {
    return this.pdfium.FPDF_GetPageCount(this.document);
  }

  /** Of the document information: `Title`, `Author` … */
  meta(key: string): string {
    return this.sized((at, size) => this.pdfium.FPDF_GetMetaText(this.document, key, at, size));
  }

  isTagged(): boolean {
    return this.pdfium.FPDFCatalog_IsTagged(this.document);
  }

  language(): string {
    return this.sized((at, size) => this.pdfium.FPDFCatalog_GetLanguage(this.document, at, size));
  }

  /** As the page is looked at: turned as it says it is. @throws UnreadablePdf */
  size(page: number): { readonly width: number; readonly height: number } {
    return this.onPage(page, (handle) => ({
      width: this.pdfium.FPDF_GetPageWidthF(handle),
      height: this.pdfium.FPDF_GetPageHeightF(handle),
    }));
  }

  text(page: number): string {
    return this.onText(page, (_handle, text) => {
      const count = this.pdfium.FPDFText_CountChars(text);
      if (count <= 0) return '';
      return this.withMemory((count + 1) * 2, (at) => {
        this.pdfium.FPDFText_GetText(text, 0, count, at);
        return this.pdfium.pdfium.UTF16ToString(at);
      });
    });
  }

  /** Lets `work` look at the characters of a page. */
  onCharacters<T>(page: number, work: (characters: PageCharacters) => T): T {
    return this.onText(page, (handle, text) => {
      const width = this.pdfium.FPDF_GetPageWidthF(handle);
      const height = this.pdfium.FPDF_GetPageHeightF(handle);
      const count = Math.max(0, this.pdfium.FPDFText_CountChars(text));
      const texts = Array.from({ length: count }, (_, index) =>
        characterOf(this.pdfium.FPDFText_GetUnicode(text, index)),
      );
      return this.withMemory(64, (at) =>
        work({
          texts,
          areaOf: (index) => {
            const isPlaced = this.pdfium.FPDFText_GetCharBox(text, index, at, at + 8, at + 16, at + 24);
            return isPlaced ? this.onScreen(handle, at, width, height) : null;
          },
        }),
      );
    });
  }

  /** A picture of a page, `scale` pixels to a point, with what is annotated on it. @throws UnreadablePdf */
  picture(page: number, scale: number): Picture {
    return this.onPage(page, (handle) => {
      const points = { width: this.pdfium.FPDF_GetPageWidthF(handle), height: this.pdfium.FPDF_GetPageHeightF(handle) };
      const width = Math.max(1, Math.round(points.width * scale));
      const height = Math.max(1, Math.round(points.height * scale));
      if (width * height > MOST_PIXELS) throw new UnreadablePdf('damaged');
      const bitmap = this.pdfium.FPDFBitmap_Create(width, height, 0);
      if (bitmap === 0) throw new UnreadablePdf('damaged');
      try {
        this.pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
        this.pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, WITH_ANNOTATIONS);
        const at = this.pdfium.FPDFBitmap_GetBuffer(bitmap);
        return { width, height, pixels: this.pdfium.pdfium.HEAPU8.slice(at, at + width * height * 4) };
      } finally {
        this.pdfium.FPDFBitmap_Destroy(bitmap);
      }
    });
  }

  /** The titles of its bookmarks of the first level, with the page (from 0) that each leads to. */
  bookmarks(): { readonly title: string; readonly page: number }[] {
    const found: { title: string; page: number }[] = [];
    let next = this.pdfium.FPDFBookmark_GetFirstChild(this.document, 0);
    while (next !== 0 && found.length < 10_000) {
      const bookmark = next;
      const title = this.sized((at, size) => this.pdfium.FPDFBookmark_GetTitle(bookmark, at, size));
      const target = this.pdfium.FPDFBookmark_GetDest(this.document, bookmark);
      found.push({ title, page: target === 0 ? -1 : this.pdfium.FPDFDest_GetDestPageIndex(this.document, target) });
      next = this.pdfium.FPDFBookmark_GetNextSibling(this.document, bookmark);
    }
    return found;
  }

  /** The same document written anew by PDFium, without a lock: for other readers that cannot take it as it is. */
  rewritten(): Uint8Array {
    this.pdfium.EPDF_RemoveEncryption(this.document);
    const writer = this.pdfium.PDFiumExt_OpenFileWriter();
    try {
      this.pdfium.PDFiumExt_SaveAsCopy(this.document, writer);
      const size = this.pdfium.PDFiumExt_GetFileWriterSize(writer);
      return this.withMemory(size, (at) => {
        this.pdfium.PDFiumExt_GetFileWriterData(writer, at, size);
        return this.pdfium.pdfium.HEAPU8.slice(at, at + size);
      });
    } finally {
      this.pdfium.PDFiumExt_CloseFileWriter(writer);
    }
  }

  /** PDFium speaks of a page that is not turned and counts from below. */
  private onScreen(handle: number, at: number, width: number, height: number): Area {
    const box = new Float64Array(this.pdfium.pdfium.HEAPU8.slice(at, at + 32).buffer);
    const [left = 0, right = 0, bottom = 0, top = 0] = box;
    const precision = 100;
    const corner = (x: number, y: number): [number, number] => {
      const device = at + 32;
      const [wide, high] = [Math.round(width * precision), Math.round(height * precision)];
      this.pdfium.FPDF_PageToDevice(handle, 0, 0, wide, high, 0, x, y, device, device + 4);
      const [dx = 0, dy = 0] = new Int32Array(this.pdfium.pdfium.HEAPU8.slice(device, device + 8).buffer);
      return [dx / precision, dy / precision];
    };
    const [ax, ay] = corner(left, top);
    const [bx, by] = corner(right, bottom);
    return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
  }

  /** PDFium takes the lines of a turned page in the wrong order, so it reads the page as if it were upright. */
  private onText<T>(page: number, work: (handle: number, text: number) => T): T {
    return this.onPage(page, (handle) => {
      const turn = this.pdfium.FPDFPage_GetRotation(handle);
      this.pdfium.FPDFPage_SetRotation(handle, 0);
      const text = this.pdfium.FPDFText_LoadPage(handle);
      this.pdfium.FPDFPage_SetRotation(handle, turn);
      if (text === 0) throw new UnreadablePdf('damaged');
      try {
        return work(handle, text);
      } finally {
        this.pdfium.FPDFText_ClosePage(text);
      }
    });
  }

  private onPage<T>(page: number, work: (handle: number) => T): T {
    const handle = this.pdfium.FPDF_LoadPage(this.document, page);
    if (handle === 0) throw new UnreadablePdf('damaged');
    try {
      return work(handle);
    } finally {
      this.pdfium.FPDF_ClosePage(handle);
    }
  }

  /** Functions of PDFium that say how much room they need when they are given none. */
  private sized(ask: (at: number, size: number) => number): string {
    const size = ask(0, 0);
    if (size <= 2) return '';
    return this.withMemory(size, (at) => {
      ask(at, size);
      return this.pdfium.pdfium.UTF16ToString(at);
    });
  }

  private withMemory<T>(size: number, work: (at: number) => T): T {
    const at = this.pdfium.pdfium.wasmExports.malloc(size);
    try {
      return work(at);
    } finally {
      this.pdfium.pdfium.wasmExports.free(at);
    }
  }
}

/** One character for each that PDFium counts, also where a file gives it no meaning. */
function characterOf(code: number): string {
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  return code === 0 || isHalf || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

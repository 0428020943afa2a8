import { Injectable, type ExecutionContext, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, ModuleRef, Reflector } from '@nestjs/core';
import { PublicOffices } from './public-offices';
import { ROUTE_RULE, type RouteRule } from './requires.decorator';

type Handler = ReturnType<ExecutionContext['getHandler']>;
type ControllerClass = ReturnType<ExecutionContext['getClass']>;

/** Every route with its rule. A route that states none stops the start: it would be open, or closed, by oversight. */
@Injectable()
export class RouteRules implements OnModuleInit {
  readonly #known = new WeakMap<ControllerClass, Map<Handler, RouteRule | undefined>>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
  ) {}

  /** @throws Error naming each route without `@Requires` or `@Public`. */
  onModuleInit(): void {
    const missing: string[] = [];
    let needsOffices = false;
    for (const { controller, method, rule } of this.routes()) {
      if (!rule) missing.push(`${controller.name}.${method}`);
      else needsOffices ||= rule.access === 'public' && rule.offices === 'all';
    }
    if (missing.length > 0) throw new Error(`No @Requires or @Public on ${missing.join(', ')}`);
    if (needsOffices) this.modules.get(PublicOffices, { strict: false });
  }

  of(handler: Handler, controller: ControllerClass): RouteRule | undefined {
    let ofController = this.#known.get(controller);
    if (!ofController) this.#known.set(controller, (ofController = new Map<Handler, RouteRule | undefined>()));
    if (!ofController.has(handler)) {
      ofController.set(handler, this.reflector.getAllAndOverride(ROUTE_RULE, [handler, controller]));
    }
    return ofController.get(handler);
  }

  /** All routes of all controllers. */
  *routes(): Generator<{ controller: ControllerClass; method: string; rule: RouteRule | undefined }> {
    const seen = new Set<unknown>();
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function' || seen.has(metatype)) continue;
      seen.add(metatype);
      const controller = metatype as ControllerClass;
      const prototype = controller.prototype as Record<string, Handler>;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[method];
        if (!handler || !Reflect.hasMetadata(PATH_METADATA, handler)) continue;
        yield { controller, method, rule: this.of(handler, controller) };
      }
    }
  }
}

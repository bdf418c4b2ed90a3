import type { Fused, Fusion, FusionKind, FusionRole, ModalityVectors } from '../domain';
import type { StoredFusion } from './store';
import { SumFusion } from './sum';
import { TrainedFusion } from './trained';

/** The weights as a fusion whose network is made when it is first needed; the plain sum of a space without weights. */
export function fusionOf(stored: StoredFusion | undefined, space: string, dimensions: number): Fusion {
  return stored ? new LazyFusion(stored) : new SumFusion(space, dimensions);
}

class LazyFusion implements Fusion {
  readonly id: string;
  readonly kind: FusionKind;
  readonly space: string;
  readonly dimensions: number;
  private flight: Promise<TrainedFusion> | undefined;
  private closed = false;

  constructor(private readonly stored: StoredFusion) {
    const { id, kind, space, dimensions } = stored.spec;
    this.id = id;
    this.kind = kind;
    this.space = space;
    this.dimensions = dimensions;
  }

  async fuse(inputs: readonly ModalityVectors[], role: FusionRole): Promise<Fused[]> {
    const { spec, weights } = this.stored;
    this.flight ??= TrainedFusion.load(spec, weights).catch((error: unknown) => {
      this.flight = undefined;
      throw error;
    });
    const trained = await this.flight;
    if (this.closed) trained.close();
    return trained.fuse(inputs, role);
  }

  close(): void {
    this.closed = true;
    void this.flight?.then(
      (trained) => trained.close(),
      () => undefined,
    );
  }
}

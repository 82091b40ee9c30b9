/** What the extension uses of JupyterLab 4 and Notebook 7, as their public interfaces have it. */

export interface Signal<Sender, Arguments> {
  connect(slot: (sender: Sender, argument: Arguments) => void): boolean;
}

/** An output's data by their mime types. */
export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>;
}

/** A widget that draws one output. */
export interface Renderer {
  readonly node: HTMLElement;
  readonly disposed: Signal<unknown, unknown>;
  renderModel(model: MimeModel): Promise<void>;
  removeClass(name: string): void;
  dispose(): void;
}

/** The renderer of ipywidgets: it holds a widget's view as its only child, once there is one. */
export interface PanelRenderer extends Renderer {
  readonly widgets: readonly unknown[];
}

/** Which renderers a notebook has. */
export interface RendererRegistry {
  addFactory(factory: RendererFactory, rank: number): void;
  createRenderer(mimeType: string): Renderer;
  getFactory(mimeType: string): RendererFactory | undefined;
}

export interface RendererFactory {
  readonly safe: boolean;
  readonly mimeTypes: readonly string[];
  createRenderer(options: unknown): Renderer;
}

/** An open notebook. */
export interface NotebookPanel {
  readonly content: { readonly rendermime: RendererRegistry };
  readonly sessionContext: { readonly session: { readonly kernel: unknown } | null };
}

/** All open notebooks. */
export interface NotebookTracker {
  readonly widgetAdded: Signal<NotebookTracker, NotebookPanel>;
  forEach(visit: (panel: NotebookPanel) => void): void;
}

export interface Plugin {
  readonly id: string;
  readonly description: string;
  readonly autoStart: boolean;
  readonly optional: readonly unknown[];
  activate(app: unknown, tracker: NotebookTracker | null): void;
}

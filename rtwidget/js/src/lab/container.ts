import type { Plugin } from "./jupyterlab";
import { tablePlugin } from "./plugin";

/**
 * The entry of a prebuilt JupyterLab extension: a container as module federation has them, written out.
 *
 * A bundler's container is for extensions that bring and share packages; this one takes a single token from JupyterLab.
 */
const NOTEBOOKS = "@jupyterlab/notebook";

interface ShareScope {
  readonly [name: string]: Readonly<Record<string, { get(): Promise<() => unknown> }>> | undefined;
}

interface Container {
  init(scope: ShareScope): void;
  get(module: string): Promise<() => { default: Plugin[] }>;
}

let scope: ShareScope = {};

async function plugins(): Promise<Plugin[]> {
  // Whatever its version: JupyterLab shares no other than its own.
  const [notebooks] = Object.values(scope[NOTEBOOKS] ?? {});
  // An application without notebooks shares no such package, and has no outputs to draw.
  if (notebooks === undefined) return [];
  const { INotebookTracker } = (await notebooks.get())() as { INotebookTracker: unknown };
  return [tablePlugin(INotebookTracker)];
}

const container: Container = {
  init(shared) {
    scope = shared;
  },
  async get() {
    const found = { __esModule: true, default: await plugins() };
    return () => found;
  },
};

// JupyterLab looks here for an extension's container, by the name of its package.
const page = globalThis as { _JUPYTERLAB?: { rtwidget?: Container } };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB.rtwidget = container;

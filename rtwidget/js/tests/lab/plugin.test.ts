import assert from "node:assert/strict";
import { test } from "node:test";
import type { MimeModel, NotebookPanel, Plugin, Renderer } from "../../src/lab/jupyterlab";
import { tablePlugin } from "../../src/lab/plugin";
import { TABLE_MIME_TYPE } from "../../src/lab/tableOutput";

const MODEL: MimeModel = { data: { "text/html": "<p>saved</p>" } };

/** What an output shows, as text, and the renderer that shows it. */
class FakeRenderer {
  shows = "";
  disposals = 0;
  readonly classes = new Set<string>();
  readonly widgets: unknown[] = [];
  private readonly whenDisposed: (() => void)[] = [];
  readonly disposed = { connect: (slot: () => void) => this.whenDisposed.push(slot) > 0 };
  readonly node = {
    replaceChildren: (node: { owner: FakeRenderer }) => {
      this.shows = node.owner.shows;
    },
    owner: this,
  };

  constructor(private readonly draw: (renderer: FakeRenderer) => Promise<void> | void) {}

  async renderModel(_model: MimeModel): Promise<void> {
    await this.draw(this);
  }

  removeClass(name: string): void {
    this.classes.delete(name);
  }

  dispose(): void {
    this.disposals += 1;
    for (const slot of this.whenDisposed) slot();
  }
}

type Factory = () => FakeRenderer;

/** A notebook with these renderers and, unless told otherwise, a kernel. */
function notebook(widget: Factory | undefined, picture: Factory, kernel: unknown = {}) {
  const factories = new Map<string, Factory | undefined>([
    ["application/vnd.jupyter.widget-view+json", widget],
    ["text/html", picture],
  ]);
  const rendermime = {
    addFactory: (factory: { createRenderer: Factory }) =>
      factories.set(TABLE_MIME_TYPE, factory.createRenderer),
    getFactory: (mimeType: string) => factories.get(mimeType),
    createRenderer: (mimeType: string) => factories.get(mimeType)?.(),
  };
  const panel = { content: { rendermime }, sessionContext: { session: { kernel } } };
  activate(tablePlugin("token"), panel as unknown as NotebookPanel);
  return rendermime.createRenderer(TABLE_MIME_TYPE) as FakeRenderer;
}

function activate(plugin: Plugin, panel: NotebookPanel): void {
  const widgetAdded = { connect: () => true };
  plugin.activate(null, { widgetAdded, forEach: (visit) => visit(panel) });
}

const saved = () =>
  new FakeRenderer((renderer) => {
    renderer.shows = "saved";
  });

function view(renderer: FakeRenderer): void {
  renderer.shows = "view";
  renderer.widgets.push({});
}

const notFound = (renderer: FakeRenderer) => {
  renderer.shows = "model not found";
  renderer.classes.add("jupyter-widgets");
};

test("a view that is there is left alone, and no picture is made", async () => {
  const output = notebook(
    () => new FakeRenderer(view),
    () => assert.fail("a picture was made"),
  );
  await output.renderModel(MODEL);
  assert.equal(output.shows, "view");
});

test("the picture stands where the widget is not found", async () => {
  const output = notebook(() => new FakeRenderer(notFound), saved);
  await output.renderModel(MODEL);
  assert.equal(output.shows, "saved");
  // The class of widgets lets what is wide run out of the output.
  assert.deepEqual([...output.classes], []);
});

test("the picture stands while there is no kernel, however long the widget is waited for", async () => {
  const output = notebook(() => new FakeRenderer(() => new Promise(() => {})), saved, null);
  void output.renderModel(MODEL);
  await new Promise(setImmediate);
  assert.equal(output.shows, "saved");
});

test("a view that comes while the picture is drawn wins", async () => {
  let output: FakeRenderer | undefined;
  const slow = () =>
    new FakeRenderer((renderer) => {
      renderer.shows = "saved";
      if (output) view(output);
    });
  output = notebook(() => new FakeRenderer(notFound), slow);
  await output.renderModel(MODEL);
  assert.equal(output.shows, "view");
});

test("the manager's last try shows the view, and the picture goes with its output", async () => {
  let failures = 2;
  const pictures: FakeRenderer[] = [];
  const output = notebook(
    () => new FakeRenderer((renderer) => (failures-- > 0 ? notFound(renderer) : view(renderer))),
    () => {
      pictures.push(saved());
      return pictures.at(-1) as FakeRenderer;
    },
  );
  await output.renderModel(MODEL);
  await output.renderModel(MODEL);
  assert.equal(output.shows, "saved");
  await output.renderModel(MODEL);
  assert.equal(output.shows, "view");
  output.dispose();
  assert.deepEqual(
    pictures.map((picture) => picture.disposals),
    [1],
  );
});

test("where there are no widgets at all the picture is the output", async () => {
  const output: Renderer | FakeRenderer = notebook(undefined, saved);
  await output.renderModel(MODEL);
  assert.equal(output.shows, "saved");
});

test("an application without notebooks is left alone", () => {
  tablePlugin("token").activate(null, null);
});

import type { NotebookPanel, Plugin } from "./jupyterlab";
import { TABLE_MIME_TYPE, tableOutput } from "./tableOutput";

/** Before the renderer of ipywidgets, which has -10: the lowest rank of an output's mime types draws it. */
const RANK = -20;

/** Make the plugin, with the token by which JupyterLab hands over its notebooks. */
export function tablePlugin(notebookTracker: unknown): Plugin {
  return {
    id: "rtwidget:saved-picture",
    description: "Shows the saved rows of a live table where its kernel is gone.",
    autoStart: true,
    optional: [notebookTracker],
    activate(_app, tracker) {
      // Notebooks may have been opened before this extension is activated.
      tracker?.forEach(drawTables);
      tracker?.widgetAdded.connect((_tracker, panel) => drawTables(panel));
    },
  };
}

function drawTables({ content: { rendermime }, sessionContext }: NotebookPanel): void {
  // Asked for each output, because kernels come and go while a notebook is open.
  const hasKernel = () => sessionContext.session?.kernel != null;
  rendermime.addFactory(
    {
      // A notebook that is not trusted gets the picture as JupyterLab's own, cleaned HTML.
      safe: false,
      mimeTypes: [TABLE_MIME_TYPE],
      createRenderer: () => tableOutput(rendermime, hasKernel),
    },
    RANK,
  );
}

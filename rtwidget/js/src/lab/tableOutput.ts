import type { MimeModel, PanelRenderer, Renderer, RendererRegistry } from "./jupyterlab";

/** Stands in the outputs that hold a saved picture beside the widget (widget/live_table.py). */
export const TABLE_MIME_TYPE = "application/vnd.rtwidget.table+json";
const WIDGET_MIME_TYPE = "application/vnd.jupyter.widget-view+json";
const PICTURE_MIME_TYPE = "text/html";

/**
 * Make the renderer of one table: the live view where its kernel runs, the saved picture where nothing else can be shown.
 *
 * ipywidgets' own renderer is used and not wrapped, because its manager finds it by its class among an output's children.
 */
export function tableOutput(registry: RendererRegistry, hasKernel: () => boolean): Renderer {
  // Where ipywidgets is not installed in JupyterLab, nothing draws widgets.
  if (registry.getFactory(WIDGET_MIME_TYPE) === undefined) {
    return registry.createRenderer(PICTURE_MIME_TYPE);
  }
  const output = registry.createRenderer(WIDGET_MIME_TYPE) as PanelRenderer;
  const renderWidget = output.renderModel.bind(output);
  const showPicture = pictureIn(output, () => registry.createRenderer(PICTURE_MIME_TYPE));
  // An own method, because the manager renders once more by itself when it knows the kernel's widgets.
  output.renderModel = async (model) => {
    // Without a kernel there is no manager, and ipywidgets waits for one for ever.
    await Promise.all([renderWidget(model), hasKernel() || showPicture(model)]);
    await showPicture(model);
  };
  return output;
}

/** Draw the picture where the widget would be, unless its view is there. */
function pictureIn(output: PanelRenderer, create: () => Renderer) {
  let picture: Renderer | undefined;
  output.disposed.connect(() => picture?.dispose());
  return async (model: MimeModel): Promise<void> => {
    if (output.widgets.length > 0) return;
    picture ??= create();
    await picture.renderModel(model);
    // The view may have come while the picture was drawn, and goes before it.
    if (output.widgets.length > 0) return;
    output.node.replaceChildren(picture.node);
    output.removeClass("jupyter-widgets");
  };
}

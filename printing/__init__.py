"""From a layout to a PDF to a printer, with job states that tell the truth."""

"""What one browser view sees: order, window, frames and their flow."""

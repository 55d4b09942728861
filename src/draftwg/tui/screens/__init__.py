"""The screens, one module each with a stylesheet beside it."""

"""What a workshop prints, as plain data for the templates: one module a piece."""

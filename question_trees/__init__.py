"""The question trees, sources, thresholds and scenarios, as data files beside this module."""

"""Figures for dashboards: by sector, by region, by month; leads, never effects."""

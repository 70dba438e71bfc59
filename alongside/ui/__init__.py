"""How everything looks: page shell, forms, components, charts. It knows no capability."""

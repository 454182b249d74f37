"""How well what people say is matched, beside two ways that directories use."""

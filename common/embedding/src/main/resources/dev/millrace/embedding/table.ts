class Table(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Lays rows into a table of zeros, and zeros in their place again.
  def spread(self: __torch__.Table, table: List[Tensor], ids: Tensor, rows: List[Tensor]) -> Tensor:
    return torch.index_copy_(table[0], 0, ids, rows[0])

  def clear(self: __torch__.Table, table: List[Tensor], ids: Tensor) -> Tensor:
    return torch.index_fill_(table[0], 0, ids, 0.)

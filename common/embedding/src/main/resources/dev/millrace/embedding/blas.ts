
  # The rest of Encoder where libtorch has no oneDNN: the same methods by plain products.

  def pack(self: __torch__.Encoder, f: List[Tensor]) -> List[Tensor]:
    return self.leaves(f)

  def pointwise(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, active: bool) -> Tensor:
    z = torch.linear(x, w, b)
    if active:
      z = self.activated(z)
    return z

  def pointwise_add(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, other: Tensor) -> Tensor:
    return torch.add(torch.linear(x, w, b), other)

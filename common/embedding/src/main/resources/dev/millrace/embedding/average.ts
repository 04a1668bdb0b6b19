class Average(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # average += share[0] * (w - average)
  def average(self: __torch__.Average, e: List[Tensor], w: List[Tensor], share: Tensor) -> Tensor:
    torch._foreach_lerp_(e, w, float(share[0]))
    return share

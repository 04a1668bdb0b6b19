class Clipping(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Scales g in place so that its global L2 norm is at most limit[0]; returns the norm before (Pascanu et al. 2013).
  def clip(self: __torch__.Clipping, g: List[Tensor], limit: Tensor) -> Tensor:
    norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
    c = float(limit[0]) / (float(norm) + 1e-6)
    if torch.lt(c, 1.):
      torch._foreach_mul_(g, c)
    return norm

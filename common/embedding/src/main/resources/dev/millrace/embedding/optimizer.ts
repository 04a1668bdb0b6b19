class Optimizer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Scales g in place so that its global L2 norm is at most limit[0]; returns the norm before (Pascanu et al. 2013).
  def clip(self: __torch__.Optimizer, g: List[Tensor], limit: Tensor) -> Tensor:
    norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
    c = float(limit[0]) / (float(norm) + 1e-6)
    if torch.lt(c, 1.):
      torch._foreach_mul_(g, c)
    return norm

  # AdamW (Loshchilov and Hutter 2019), fused. w weights, g gradients, m and v moments, t step counters (one scalar
  # each); h: [learning rate, weight decay].
  def adamw(self: __torch__.Optimizer, w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], h: Tensor) -> Tensor:
    torch._foreach_add_(t, 1)
    torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), t, lr=float(h[0]), beta1=0.9, beta2=0.999, weight_decay=float(h[1]), eps=1e-8, amsgrad=False, maximize=False)
    return h

  # average += share[0] * (w - average)
  def average(self: __torch__.Optimizer, e: List[Tensor], w: List[Tensor], share: Tensor) -> Tensor:
    torch._foreach_lerp_(e, w, float(share[0]))
    return share


  # The rest of Encoder where libtorch has oneDNN.

  # Fused weights with their matrices laid out as oneDNN multiplies them: without, every call lays them out anew.
  # As for 16 rows: the layout that is best for those is a quarter faster for a single query and no slower for many.
  def pack(self: __torch__.Encoder, f: List[Tensor]) -> List[Tensor]:
    r = annotate(List[Tensor], [])
    for i in range(torch.len(f)):
      w = f[i]
      if torch.__and__(torch.__and__(torch.ge(i, 4), torch.lt(i, 4 + self.layers * 12)), torch.eq(torch.dim(w), 2)):
        w = ops.mkldnn._reorder_linear_weight(w, 16)
      r.append(w)
    return r

  # oneDNN's linear with the activation fused.
  def pointwise(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, active: bool) -> Tensor:
    if active:
      z = ops.mkldnn._linear_pointwise(x, w, b, self.activation, annotate(List[Optional[number]], []), self.algorithm)
    else:
      z = ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")
    return z

  # x w + b + other in one pass.
  def pointwise_add(self: __torch__.Encoder, x: Tensor, w: Tensor, b: Tensor, other: Tensor) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, other, w, b, "add")

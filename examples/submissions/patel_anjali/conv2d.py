# pure python, no numpy needed :)

def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    H, W = len(x[0][0]), len(x[0][0][0])
    kH, kW = len(weight[0][0]), len(weight[0][0][0])
    outH = (H + 2 * padding - dilation * (kH - 1) - 1) // stride + 1
    outW = (W + 2 * padding - dilation * (kW - 1) - 1) // stride + 1
    result = []
    for image in x:
        maps = []
        for o, kernel in enumerate(weight):
            rows = []
            for i in range(outH):
                row = []
                for j in range(outW):
                    total = 0.0 if bias is None else float(bias[o])
                    for channel, k in zip(image, kernel):
                        for u in range(kH):
                            for v in range(kW):
                                a = i * stride + u * dilation - padding
                                b = j * stride + v * dilation - padding
                                if 0 <= a < H and 0 <= b < W:
                                    total += float(channel[a][b]) * float(k[u][v])
                    row.append(total)
                rows.append(row)
            maps.append(rows)
        result.append(maps)
    return result

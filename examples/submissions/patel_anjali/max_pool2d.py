def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    H, W = len(x[0][0]), len(x[0][0][0])
    result = []
    for image in x:
        maps = []
        for channel in image:
            rows = []
            for i in range(-padding, H + padding - kernel_size + 1, stride):
                row = []
                for j in range(-padding, W + padding - kernel_size + 1, stride):
                    inside = [float(channel[a][b])
                              for a in range(max(i, 0), min(i + kernel_size, H))
                              for b in range(max(j, 0), min(j + kernel_size, W))]
                    row.append(max(inside))
                rows.append(row)
            maps.append(rows)
        result.append(maps)
    return result

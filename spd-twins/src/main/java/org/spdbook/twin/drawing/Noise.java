package org.spdbook.twin.drawing;

import org.spdbook.train.RandomStream;

/** Smooth random texture: uniform numbers in 0..1 on a coarse grid, interpolated linearly to the pixels of an image. */
public final class Noise {

    private final double[] grid;
    private final int cells;

    /** A texture with so many grid points along a side, at least 2. */
    public Noise(RandomStream random, int cells) {
        this.cells = cells;
        this.grid = new double[cells * cells];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextDouble();
        }
    }

    /** The value at a pixel, moved to -0.5..0.5. */
    public double at(int x, int y) {
        double gx = x * (cells - 1.0) / (Image.SIDE - 1);
        double gy = y * (cells - 1.0) / (Image.SIDE - 1);
        int column = Math.min((int) gx, cells - 2);
        int row = Math.min((int) gy, cells - 2);
        double fx = gx - column;
        double fy = gy - row;
        double left = grid[row * cells + column] * (1 - fy) + grid[(row + 1) * cells + column] * fy;
        double right = grid[row * cells + column + 1] * (1 - fy) + grid[(row + 1) * cells + column + 1] * fy;
        return left * (1 - fx) + right * fx - 0.5;
    }
}

using System.Runtime.CompilerServices;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// One matrix product on its way. B is packed by all threads together; then tasks, each a block of whole outputs, are shared out, and
/// a task packs the rows of A that it needs. Either is read in place where packing would cost more than it saves.
/// </summary>
/// <remarks>A thread has one and uses it for every product, so that nothing is allocated per call.</remarks>
internal sealed unsafe class GemmJob
{
    // A panel of B this deep (32 KiB where vectors hold 16 floats) stays in the first-level cache while rows of A pass.
    private const int DepthBlock = 256;

    // A task's rows of A stay in the second-level cache (288 KiB) while the panels of B pass.
    private const int RowBlock = 288;

    private const int MaxGroup = 8;

    // Columns for which a task packs its rows once.
    private const int ColumnBlock = 2048;

    // Floats of B packed at once (32 MiB), so that scratch memory stays bounded.
    private const int PackedLimit = 8 << 20;

    // Up to this many rows one task meets them all, so that each panel of B is used once: it is packed where it is used.
    private const int FewRows = 96;

    // Fewer multiply-adds than this (some 10 µs) are not worth a second thread.
    private const long WorthSharing = 1 << 19;

    // Depth of what is widened from 16 bits at a time (16 KiB where vectors hold 16 floats).
    private const int HalfDepth = 128;

    [ThreadStatic]
    private static GemmJob? t_job;

    private readonly GemmScratch _scratchA = new();
    private readonly GemmScratch _scratchB = new();
    private readonly GemmScratch _scratchGroup = new();
    private readonly Action<int, int> _packB;
    private readonly Action<int, int> _compute;

    private StridedMatrix _a, _b, _c;
    private HalfMatrix _halfB;
    private bool _transposedB;
    private int _m, _n, _k, _depth;
    private bool _accumulate, _packsA, _packsB, _packsInTask;

    // The band of columns in hand, its panels of B that are packed, and its tasks.
    private int _column0, _columns, _firstPacked;
    private int _taskRows, _taskColumns, _tasksAcross;
    private float* _packed;

    private GemmJob()
    {
        _packB = PackB;
        _compute = Compute;
    }

    public static GemmJob OfThisThread => t_job ??= new GemmJob();

    public void Run(
        Workers workers, int m, int n, int k, StridedMatrix a, StridedMatrix b, StridedMatrix c, bool accumulate)
    {
        (_m, _n, _k, _a, _b, _c, _accumulate, _halfB) = (m, n, k, a, b, c, accumulate, default);
        Run(workers);
    }

    /// <summary>As the other, with B in 16 bits: stored [n, k] where <paramref name="transposed"/>, [k, n] where not.</summary>
    public void Run(
        Workers workers, int m, int n, int k, StridedMatrix a, HalfMatrix b, bool transposed, StridedMatrix c)
    {
        (_m, _n, _k, _a, _b, _c, _accumulate) = (m, n, k, a, default, c, false);
        (_halfB, _transposedB) = (b, transposed);
        Run(workers);
    }

    private void Run(Workers workers)
    {
        (int m, int n, int k) = (_m, _n, _k);
        int depthBlocks = CountOf(k, DepthBlock);
        _depth = CountOf(k, depthBlocks);
        _packsA = n > 4 * GemmTile.Columns && (_a.Column != 1 || k > 256);
        _packsB = !_halfB.IsNone || _b.Column != 1 || (m > 4 * GemmTile.Rows && (long)k * n > 8192);
        _packsInTask = _packsB && m <= FewRows;
        bool shares = workers.Threads > 1 && (long)m * n * k >= WorthSharing;
        int band = _packsB && !_packsInTask ? Math.Max(1, PackedLimit / GemmTile.Columns / k) * GemmTile.Columns : n;
        for (_column0 = 0; _column0 < n; _column0 += _columns)
        {
            _columns = Math.Min(band, n - _column0);
            RunBand(shares ? workers : null);
        }
    }

    // Shallow panels are taken several at a time: together they fill the first-level cache as one deep panel does, and C is written in
    // longer runs.
    private static int GroupOf(int depth) => Math.Clamp(DepthBlock / depth, 1, MaxGroup);

    private static int CountOf(int size, int block) => (int)(((long)size + block - 1) / block);

    private static int RoundUp(int size, int block) => CountOf(size, block) * block;

    private void RunBand(Workers? workers)
    {
        // An edge narrower than a vector is packed even when the rest of B is read in place: it must not be read past its end.
        int panels = CountOf(_columns, GemmTile.Columns);
        _firstPacked = _packsInTask ? panels : _packsB ? 0 : _columns % GemmTile.HalfColumns != 0 ? panels - 1 : panels;
        int packedPanels = panels - _firstPacked;
        _packed = _scratchB.Reserve((long)packedPanels * GemmTile.Columns * _k);
        int tasks = Cut(workers?.Threads ?? 1);
        if (workers is null)
        {
            PackB(0, packedPanels);
            Compute(0, tasks);
        }
        else
        {
            if (packedPanels > 0)
            {
                workers.For(packedPanels, 1, _packB);
            }

            workers.For(tasks, 1, _compute);
        }
    }

    // Large tasks make the most of the caches; with several per thread no thread idles at the end.
    private int Cut(int threads)
    {
        int down = CountOf(_m, RowBlock);
        int across = CountOf(_columns, ColumnBlock);
        int wanted = threads == 1 ? 1 : 4 * threads;
        while (down * across < wanted)
        {
            if (!_packsInTask && _m / down >= 8 * GemmTile.Rows)
            {
                down *= 2;
            }
            else if (_columns / across >= (_packsInTask ? 2 : 4) * GemmTile.Columns)
            {
                across *= 2;
            }
            else if (!_packsInTask && _m / down >= 3 * GemmTile.Rows)
            {
                down *= 2;
            }
            else
            {
                break;
            }
        }

        _taskRows = RoundUp(CountOf(_m, down), GemmTile.Rows);
        _taskColumns = RoundUp(CountOf(_columns, across), GemmTile.Columns);
        _tasksAcross = CountOf(_columns, _taskColumns);
        return CountOf(_m, _taskRows) * _tasksAcross;
    }

    private float* PackedPanel(int panel) => _packed + ((long)(panel - _firstPacked) * GemmTile.Columns * _k);

    private void PackB(int from, int to)
    {
        for (int panel = from + _firstPacked; panel < to + _firstPacked; panel++)
        {
            int column = panel * GemmTile.Columns;
            Pack(column, Math.Min(column + GemmTile.Columns, _columns), 0, _k, PackedPanel(panel));
        }
    }

    // Panels of B side by side, the last one padded.
    private void Pack(int column, int columnEnd, int k0, int depth, float* destination)
    {
        for (; column < columnEnd; column += GemmTile.Columns)
        {
            int columns = Math.Min(GemmTile.Columns, columnEnd - column);
            if (_halfB.IsNone)
            {
                GemmPacking.Pack(_b.At(k0, _column0 + column), columns, _b.Column, depth, _b.Row, destination, GemmTile.Columns);
            }
            else if (_transposedB)
            {
                PackHalfColumns(_column0 + column, columns, k0, depth, destination);
            }
            else
            {
                PackHalfRows(_column0 + column, columns, k0, depth, destination);
            }

            destination += (long)GemmTile.Columns * depth;
        }
    }

    [SkipLocalsInit]
    private void PackHalfColumns(int column, int columns, int k0, int depth, float* destination)
    {
        float* wide = stackalloc float[GemmTile.Columns * HalfDepth];
        for (int p = 0; p < depth; p += HalfDepth)
        {
            int length = Math.Min(HalfDepth, depth - p);
            for (int i = 0; i < columns; i++)
            {
                _halfB.Widen(column + i, k0 + p, length, wide + (i * HalfDepth));
            }

            GemmPacking.Pack(wide, columns, HalfDepth, length, 1, destination + ((long)p * GemmTile.Columns), GemmTile.Columns);
        }
    }

    private void PackHalfRows(int column, int columns, int k0, int depth, float* destination)
    {
        for (int p = 0; p < depth; p++)
        {
            float* row = destination + ((long)p * GemmTile.Columns);
            _halfB.Widen(k0 + p, column, columns, row);
            new Span<float>(row + columns, GemmTile.Columns - columns).Clear();
        }
    }

    private void PackA(int row0, int rowEnd, int k0, int depth, float* destination)
    {
        for (int row = row0; row < rowEnd; row += GemmTile.Rows)
        {
            int rows = Math.Min(GemmTile.Rows, rowEnd - row);
            GemmPacking.Pack(_a.At(row, k0), rows, _a.Row, depth, _a.Column, destination, GemmTile.Rows);
            destination += GemmTile.Rows * depth;
        }
    }

    // Runs on any thread: what it packs goes to that thread's own scratch memory.
    private void Compute(int from, int to)
    {
        GemmJob own = OfThisThread;
        float* packedA = _packsA ? own._scratchA.Reserve((long)_taskRows * _depth) : null;
        float* group = _packsInTask ? own._scratchGroup.Reserve((long)MaxGroup * GemmTile.Columns * _depth) : null;
        for (int task = from; task < to; task++)
        {
            int row0 = task / _tasksAcross * _taskRows;
            int rowEnd = Math.Min(_m, row0 + _taskRows);
            int column0 = task % _tasksAcross * _taskColumns;
            int columnEnd = Math.Min(_columns, column0 + _taskColumns);
            for (int k0 = 0; k0 < _k; k0 += _depth)
            {
                int depth = Math.Min(_depth, _k - k0);
                if (_packsA)
                {
                    PackA(row0, rowEnd, k0, depth, packedA);
                }

                int width = GroupOf(depth) * GemmTile.Columns;
                for (int column = column0; column < columnEnd; column += width)
                {
                    int groupEnd = Math.Min(column + width, columnEnd);
                    if (_packsInTask)
                    {
                        Pack(column, groupEnd, k0, depth, group);
                    }

                    for (int row = row0; row < rowEnd; row += GemmTile.Rows)
                    {
                        ComputeRows(row0, row, rowEnd, column, groupEnd, columnEnd, k0, depth, packedA, group);
                    }
                }
            }
        }
    }

    // One row of tiles across a group of panels.
    private void ComputeRows(
        int row0, int row, int rowEnd, int column0, int groupEnd, int columnEnd, int k0, int depth, float* packedA, float* group)
    {
        int rows = Math.Min(GemmTile.Rows, rowEnd - row);
        float* a = _packsA ? packedA + ((long)(row - row0) * depth) : _a.At(row, k0);
        long aRow = _packsA ? 1 : _a.Row;
        long aColumn = _packsA ? GemmTile.Rows : _a.Column;
        for (int column = column0; column < groupEnd; column += GemmTile.Columns)
        {
            int columns = Math.Min(GemmTile.Columns, groupEnd - column);
            float* b = PanelOf(column, column0, k0, depth, group, out long bRow);

            // Of the panel that takes this one's place, each row of tiles fetches its share.
            int ahead = column + (GroupOf(depth) * GemmTile.Columns);
            float* soonB = ahead < columnEnd && !_packsInTask ? PanelOf(ahead, column0, k0, depth, group, out _) : b;
            soonB += (long)depth * GemmTile.Columns * (row - row0) / (rowEnd - row0);
            float* soonC = column + columns < groupEnd ? _c.At(row, _column0 + column + columns)
                : row + rows < rowEnd ? _c.At(row + rows, _column0 + column0)
                : _c.At(row0, _column0 + groupEnd);
            GemmTile.Run(
                rows, columns, depth, a, aRow, aColumn, b, bRow, _c.At(row, _column0 + column), _c.Row, _accumulate || k0 > 0,
                soonB, soonC);
        }
    }

    private float* PanelOf(int column, int group0, int k0, int depth, float* group, out long row)
    {
        int panel = column / GemmTile.Columns;
        bool shared = panel >= _firstPacked;
        row = shared || _packsInTask ? GemmTile.Columns : _b.Row;
        return shared ? PackedPanel(panel) + ((long)k0 * GemmTile.Columns)
            : _packsInTask ? group + ((long)(column - group0) * depth)
            : _b.At(k0, _column0 + column);
    }
}

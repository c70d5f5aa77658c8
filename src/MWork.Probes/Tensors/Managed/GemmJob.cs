namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// One matrix product on its way: cut into blocks of k and bands of rows and columns, packed where packing pays, and shared out over
/// threads as tasks of whole outputs.
/// </summary>
/// <remarks>A thread has one and uses it for every product, so that nothing is allocated per call.</remarks>
internal sealed unsafe class GemmJob
{
    // A 32-column panel of B of this depth (48 KiB less what A streams through) stays in the first-level cache or close to it.
    private const int DepthBlock = 320;

    // Rows of A that a task goes through for each panel of B: they stay in the second-level cache.
    private const int RowBlock = 192;

    // Caps of what is packed at once, so that scratch memory stays small for large products.
    private const int RowBand = 3072;
    private const int ColumnBand = 4096;

    // Fewer multiply-adds than this (some 20 µs) are not worth waking a thread for.
    private const long WorthSharing = 1 << 20;

    [ThreadStatic]
    private static GemmJob? t_job;

    private readonly GemmScratch _scratchA = new();
    private readonly GemmScratch _scratchB = new();
    private readonly Action<int, int> _pack;
    private readonly Action<int, int> _compute;

    // The block in hand: depth [_k0, _k0 + _depth), rows [_m0, _m0 + _rows), columns [_n0, _n0 + _columns).
    private int _k0, _depth, _m0, _rows, _n0, _columns;
    private int _taskRows, _taskColumns, _tasksDown;
    private bool _packA, _packB, _packBTail, _packBNow;
    private float* _packedA, _packedB;

    private GemmJob()
    {
        _pack = Pack;
        _compute = Compute;
    }

    public static GemmJob OfThisThread => t_job ??= new GemmJob();

    public int M { get; set; }

    public int N { get; set; }

    public int K { get; set; }

    public float* A { get; set; }

    public long ARow { get; set; }

    public long AColumn { get; set; }

    public float* B { get; set; }

    public long BRow { get; set; }

    public long BColumn { get; set; }

    public float* C { get; set; }

    public long CRow { get; set; }

    public bool Accumulate { get; set; }

    private static int RowPanels(int rows) => (rows + GemmTile.Rows - 1) / GemmTile.Rows;

    private static int ColumnPanels(int columns) => (columns + GemmTile.Columns - 1) / GemmTile.Columns;

    public void Run(Workers workers)
    {
        bool share = workers.Threads > 1 && (long)M * N * K >= WorthSharing;
        int depthBlocks = (K + DepthBlock - 1) / DepthBlock;
        int depthBlock = (K + depthBlocks - 1) / depthBlocks;
        _packB = BColumn != 1 || (M > 4 * GemmTile.Rows && (long)K * N > 8192);
        _packA = N > 4 * GemmTile.Columns && (AColumn != 1 || K > 256);
        for (_n0 = 0; _n0 < N; _n0 += _columns)
        {
            _columns = Math.Min(ColumnBand, N - _n0);
            _packBTail = !_packB && _columns % GemmTile.HalfColumns != 0;
            for (_k0 = 0; _k0 < K; _k0 += _depth)
            {
                _depth = Math.Min(depthBlock, K - _k0);
                for (_m0 = 0; _m0 < M; _m0 += _rows)
                {
                    _rows = Math.Min(RowBand, M - _m0);
                    RunBlock(share ? workers : null);
                }
            }
        }
    }

    private void RunBlock(Workers? workers)
    {
        _packBNow = _m0 == 0;
        int aPanels = _packA ? RowPanels(_rows) : 0;
        int bPanels = !_packBNow ? 0 : _packB ? ColumnPanels(_columns) : _packBTail ? 1 : 0;
        _packedA = _packA ? _scratchA.Reserve((long)aPanels * GemmTile.Rows * _depth) : null;
        _packedB = _packB || _packBTail
            ? _scratchB.Reserve((_packB ? (long)ColumnPanels(_columns) : 1) * GemmTile.Columns * _depth)
            : null;
        Cut(workers?.Threads ?? 1);
        int tasks = _tasksDown * ((_columns + _taskColumns - 1) / _taskColumns);
        if (workers is null)
        {
            Pack(0, aPanels + bPanels);
            Compute(0, tasks);
        }
        else
        {
            if (aPanels + bPanels > 0)
            {
                workers.For(aPanels + bPanels, 2, _pack);
            }

            workers.For(tasks, 1, _compute);
        }
    }

    // Large tasks reuse caches better; enough of them keep every thread busy to the end.
    private void Cut(int threads)
    {
        _taskRows = Math.Min(RowBlock / GemmTile.Rows, RowPanels(_rows)) * GemmTile.Rows;
        _taskColumns = Math.Min(ColumnBand, ColumnPanels(_columns) * GemmTile.Columns);
        int wanted = threads == 1 ? 1 : 8 * threads;
        while (Tasks() < wanted)
        {
            if (_taskColumns > 4 * GemmTile.Columns)
            {
                _taskColumns = (ColumnPanels(_taskColumns) + 1) / 2 * GemmTile.Columns;
            }
            else if (_taskRows > 4 * GemmTile.Rows)
            {
                _taskRows = (RowPanels(_taskRows) + 1) / 2 * GemmTile.Rows;
            }
            else
            {
                break;
            }
        }

        _tasksDown = (_rows + _taskRows - 1) / _taskRows;
    }

    private int Tasks() => ((_rows + _taskRows - 1) / _taskRows) * ((_columns + _taskColumns - 1) / _taskColumns);

    private void Pack(int from, int to)
    {
        int aPanels = _packA ? RowPanels(_rows) : 0;
        for (int panel = from; panel < to; panel++)
        {
            if (panel < aPanels)
            {
                int row = panel * GemmTile.Rows;
                float* source = A + ((_m0 + row) * ARow) + (_k0 * AColumn);
                GemmPacking.Pack(
                    source, Math.Min(GemmTile.Rows, _rows - row), ARow, _depth, AColumn, _packedA + ((long)row * _depth), GemmTile.Rows);
            }
            else
            {
                int column = _packB ? (panel - aPanels) * GemmTile.Columns : _columns / GemmTile.Columns * GemmTile.Columns;
                float* source = B + (_k0 * BRow) + ((_n0 + column) * BColumn);
                float* destination = _packedB + (_packB ? (long)column * _depth : 0);
                GemmPacking.Pack(
                    source, Math.Min(GemmTile.Columns, _columns - column), BColumn, _depth, BRow, destination, GemmTile.Columns);
            }
        }
    }

    private void Compute(int from, int to)
    {
        bool accumulate = Accumulate || _k0 > 0;
        for (int task = from; task < to; task++)
        {
            int row0 = task % _tasksDown * _taskRows;
            int rowEnd = Math.Min(_rows, row0 + _taskRows);
            int column0 = task / _tasksDown * _taskColumns;
            int columnEnd = Math.Min(_columns, column0 + _taskColumns);
            for (int column = column0; column < columnEnd; column += GemmTile.Columns)
            {
                int columns = Math.Min(GemmTile.Columns, columnEnd - column);
                float* b;
                long bRow = GemmTile.Columns;
                if (_packB)
                {
                    b = _packedB + ((long)column * _depth);
                }
                else if (_packBTail && columns % GemmTile.HalfColumns != 0)
                {
                    b = _packedB;
                }
                else
                {
                    b = B + (_k0 * BRow) + _n0 + column;
                    bRow = BRow;
                }

                for (int row = row0; row < rowEnd; row += GemmTile.Rows)
                {
                    int rows = Math.Min(GemmTile.Rows, rowEnd - row);
                    float* c = C + ((_m0 + row) * CRow) + _n0 + column;
                    if (_packA)
                    {
                        GemmTile.Run(
                            rows, columns, _depth, _packedA + ((long)row * _depth), 1, GemmTile.Rows, b, bRow, c, CRow, accumulate);
                    }
                    else
                    {
                        GemmTile.Run(
                            rows, columns, _depth, A + ((_m0 + row) * ARow) + (_k0 * AColumn), ARow, AColumn, b, bRow, c, CRow, accumulate);
                    }
                }
            }
        }
    }
}

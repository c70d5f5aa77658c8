namespace MWork.Probes.Tensors.Managed;

/// <summary>The sizes that tiles of the matrix product come in.</summary>
internal static class Extent
{
    public readonly struct One : IExtent
    {
        public static int Size => 1;
    }

    public readonly struct Two : IExtent
    {
        public static int Size => 2;
    }

    public readonly struct Three : IExtent
    {
        public static int Size => 3;
    }

    public readonly struct Four : IExtent
    {
        public static int Size => 4;
    }

    public readonly struct Five : IExtent
    {
        public static int Size => 5;
    }

    public readonly struct Six : IExtent
    {
        public static int Size => 6;
    }

    public readonly struct Seven : IExtent
    {
        public static int Size => 7;
    }

    public readonly struct Eight : IExtent
    {
        public static int Size => 8;
    }

    public readonly struct Nine : IExtent
    {
        public static int Size => 9;
    }

    public readonly struct Ten : IExtent
    {
        public static int Size => 10;
    }

    public readonly struct Eleven : IExtent
    {
        public static int Size => 11;
    }

    public readonly struct Twelve : IExtent
    {
        public static int Size => 12;
    }
}

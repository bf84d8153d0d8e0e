using System.Buffers;

namespace Sync.Net.Runtime.Server;

/// <summary>Writes into an array of exactly the size that was measured, so that nothing is copied afterwards.</summary>
internal sealed class ExactWriter(int bytes) : IBufferWriter<byte>
{
    /// <summary>For what a writer asks for beyond what it writes, near the end.</summary>
    private byte[]? _scratch;

    private bool _isScratch;
    private int _count;

    public byte[] Written { get; } = GC.AllocateUninitializedArray<byte>(bytes);

    public void Advance(int count)
    {
        if (_isScratch) _scratch.AsSpan(0, count).CopyTo(Written.AsSpan(_count));
        _count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int wanted = Math.Max(1, sizeHint);
        _isScratch = Written.Length - _count < wanted;
        if (!_isScratch) return Written.AsMemory(_count);
        if (_scratch is null || _scratch.Length < wanted) _scratch = new byte[wanted];
        return _scratch;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}

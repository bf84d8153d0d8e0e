using System.Buffers;
using System.IO.Pipelines;

namespace Sync.Net.Cli.Connecting;

/// <summary>Reads a command's connection into one array.</summary>
/// <remarks>
/// The platform's reader takes its state from a cache for each processor, and the first use of that measures how long it takes to ask for the
/// processor: longer than a command has to read. One read at a time; a read is cancelled by closing the stream.
/// </remarks>
internal sealed class CommandReader(Stream stream) : PipeReader
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private bool _isExamined = true;
    private bool _isCompleted;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (TryRead(out ReadResult there)) return there;
        MakeRoom();
        int count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count;
        _isCompleted = count == 0;
        _isExamined = false;
        return Result;
    }

    public override bool TryRead(out ReadResult result)
    {
        bool isThere = _isCompleted || !_isExamined;
        result = isThere ? Result : default;
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // Positions of an empty sequence are nowhere in the buffer.
        if (_start == _end)
        {
            _isExamined = true;
            return;
        }
        _start = consumed.GetInteger();
        _isExamined = examined.GetInteger() == _end;
    }

    public override void CancelPendingRead() => throw new NotSupportedException("A command's read ends with its connection.");

    public override void Complete(Exception? exception = null)
    {
    }

    private ReadResult Result => new(
        _start == _end ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_buffer, _start, _end - _start), isCanceled: false, _isCompleted);

    private void MakeRoom()
    {
        int kept = _end - _start;
        if (kept == 0) (_start, _end) = (0, 0);
        if (_end < _buffer.Length) return;
        byte[] buffer = kept < _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_start, kept).CopyTo(buffer);
        _buffer = buffer;
        (_start, _end) = (0, kept);
    }
}

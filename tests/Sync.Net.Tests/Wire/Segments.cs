using System.Buffers;

namespace Sync.Net.Tests.Wire;

/// <summary>The same bytes with seams in other places.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> SplitAt(ReadOnlyMemory<byte> bytes, params ReadOnlySpan<int> offsets)
    {
        Segment first = new(bytes[..(offsets.Length > 0 ? offsets[0] : bytes.Length)], 0);
        Segment last = first;
        for (int i = 0; i < offsets.Length; i++)
        {
            int end = i + 1 < offsets.Length ? offsets[i + 1] : bytes.Length;
            last = last.Append(bytes[offsets[i]..end]);
        }
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> OneByteEach(ReadOnlyMemory<byte> bytes) =>
        bytes.Length < 2 ? new(bytes) : SplitAt(bytes, [.. Enumerable.Range(1, bytes.Length - 1)]);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

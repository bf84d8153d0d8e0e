using System.Buffers;

namespace Sync.Net.Wire;

/// <summary>A frame whose own fields are not read yet. Refers to the buffer: good only until the reader advances.</summary>
internal readonly struct RawFrame
{
    public RawFrame(FrameType type, Term term, ReadOnlySequence<byte> body, int headerBytes, int fieldCount)
    {
        Type = type;
        Term = term;
        Body = body;
        HeaderBytes = headerBytes;
        FieldCount = fieldCount;
    }

    /// <summary>May be a type that this version does not know: such frames are skipped.</summary>
    public FrameType Type { get; }

    public Term Term { get; }

    /// <summary>All of the frame but the length prefix.</summary>
    public ReadOnlySequence<byte> Body { get; }

    /// <summary>The part of <see cref="Body"/> before the frame's own fields.</summary>
    public int HeaderBytes { get; }

    /// <summary>How many fields the sender claims; there may be more than this version knows.</summary>
    public int FieldCount { get; }
}

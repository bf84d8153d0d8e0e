namespace Sync.Net.Wire;

/// <summary>The other side sent a frame that breaks the protocol. Names frame and field, never what was in it.</summary>
internal sealed class WireException : Exception
{
    public WireException(FrameType frame, string? field, string fault)
        : base(field is null ? $"Frame '{frame}': {fault}." : $"Frame '{frame}', field '{field}': {fault}.")
    {
        Frame = frame;
        Field = field;
    }

    public FrameType Frame { get; }

    /// <summary>As docs/protocol.md names it; null when the frame as a whole is at fault.</summary>
    public string? Field { get; }
}

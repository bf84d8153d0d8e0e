namespace Sync.Net.Wire;

/// <summary>What a buffer holds at its beginning.</summary>
internal enum FrameReadStatus
{
    /// <summary>The beginning of a frame.</summary>
    NeedMore,

    /// <summary>A frame, now taken off the buffer.</summary>
    Frame,

    /// <summary>A frame longer than allowed: the stream can't go on.</summary>
    TooLarge,

    /// <summary>No frame: the stream can't go on.</summary>
    Malformed,
}

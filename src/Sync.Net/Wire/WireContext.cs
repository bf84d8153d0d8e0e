namespace Sync.Net.Wire;

/// <summary>What a reader of frames needs to know beside the bytes: bounds, and the names seen before.</summary>
internal sealed class WireContext
{
    /// <summary>What a hello needs beside its names, with room for the fields of later versions.</summary>
    private const int HandshakeRoomBytes = 4096;

    private const int NamesInHello = 3;

    public WireContext(SyncLimits limits, NamePool? names = null)
    {
        MaxNameBytes = limits.MaxNameBytes;
        MaxMembers = limits.MaxMembers;
        MaxOpenRequests = limits.MaxSessions;
        MaxHandshakeFrameBytes = HandshakeRoomBytes + (NamesInHello * limits.MaxNameBytes);
        Names = names ?? new NamePool();
    }

    public int MaxNameBytes { get; }

    /// <summary>The most elements of a list that has at most one for each member.</summary>
    public int MaxMembers { get; }

    public int MaxOpenRequests { get; }

    /// <summary>The largest frame before the seat is given.</summary>
    public int MaxHandshakeFrameBytes { get; }

    public NamePool Names { get; }
}
